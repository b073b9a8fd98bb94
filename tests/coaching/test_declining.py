"""Declining: a side says no with a reason, the other side and staff read it, and what was asked for waits again."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from coaching import actions, words
from coaching.history import history_of
from coaching.models import Kind, Visit, VisitRequest
from coaching.times import Slot
from partners.models import Mail, Obligation
from tests.coaching.factories import NINE, make_confirmed, make_request, make_visit

HOUR = dt.timedelta(hours=1)
LATER = Slot(NINE + 48 * HOUR, NINE + 50 * HOUR, "America/New_York")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def asked(cast):
    return make_request(cast.site, cast.change_agent, preferred_to=dt.date(2026, 12, 4))


@pytest.fixture
def visit(cast, asked):
    fields = {"site": cast.site, "coach": cast.coach, "kind": Kind.GEMBA, "purpose": "Walk the discharge."}
    slot = Slot(NINE, NINE + 2 * HOUR, "America/New_York")
    return actions.place(Visit(request=asked, **fields, **vars(slot)), by=cast.staff)


def told(about):
    found = Mail.objects.filter(key__contains=about).select_related("person").order_by("person__name")
    return [(mail.person.name, mail.calendar_method) for mail in found]


@pytest.mark.parametrize(
    ("name", "state", "deed"),
    [
        (
            "change_agent",
            "Declined by Halden Valley Health: An audit that week.",
            "Change Agent declined it for the partner: An audit that week.",
        ),
        ("coach", "Declined by Coach: An audit that week.", "Coach declined it for the coach: An audit that week."),
    ],
)
def test_either_side_declines_and_the_request_waits_again(cast, visit, name, state, deed):
    gone = actions.decline(visit, by=cast[name], reason="An audit that week.")
    assert VisitRequest.objects.to_place().get() == visit.request
    assert words.state(gone) == state
    assert history_of(gone)[0].words == deed
    assert not Obligation.objects.open().filter(key__startswith=f"visit:{visit.pk}:").exists()


def test_the_other_side_and_who_placed_it_are_told_why(cast, visit):
    actions.decline(visit, by=cast.change_agent, reason="An audit that week.")
    assert told("declined") == [("Change Agent", ""), ("Coach", ""), ("Staff", "")]
    text = Mail.objects.get(person=cast.staff).text
    assert "Change Agent has declined this visit" in text
    assert "Declined by Halden Valley Health: An audit that week." in text
    assert "What was asked for waits to be placed again." in text


def test_what_was_in_calendars_leaves_them(cast, visit):
    actions.confirm(visit, by=cast.coach)
    actions.confirm(visit, by=cast.change_agent)
    moved = actions.move(visit, by=cast.coach, slot=LATER)
    actions.decline(moved, by=cast.change_agent, reason="Too late in the week.")
    assert told("declined") == [("Change Agent", "CANCEL"), ("Coach", "CANCEL"), ("Staff", "")]


def test_a_declined_request_is_placed_again(cast, visit, asked):
    actions.decline(visit, by=cast.coach, reason="In Lyon that day.")
    asked.refresh_from_db()
    fields = {"site": cast.site, "coach": cast.coach, "kind": Kind.GEMBA, "purpose": "-"}
    assert actions.place(Visit(request=asked, **fields, **vars(LATER)), by=cast.staff).is_tentative


@pytest.mark.parametrize("name", ["outsider", "learner", "sponsor", "staff", "administrator"])
def test_nobody_else_declines(cast, visit, name):
    with pytest.raises(actions.NotYours):
        actions.decline(visit, by=cast[name], reason="No.")


def test_a_side_that_has_confirmed_cancels_instead(cast, visit):
    half = actions.confirm(visit, by=cast.coach)
    with pytest.raises(actions.NotYours):
        actions.decline(half, by=cast.coach, reason="No.")


def test_what_changed_since_it_was_shown_is_not_declined(cast, visit):
    seen = Visit.objects.get(pk=visit.pk)
    actions.move(visit, by=cast.staff, slot=LATER)
    with pytest.raises(actions.HasChanged):
        actions.decline(seen, by=cast.coach, reason="No.")
    actions.cancel(visit, by=cast.staff, reason="Flood.")
    with pytest.raises(actions.HasChanged):
        actions.decline(seen, by=cast.coach, reason="No.")


def test_the_other_sides_confirmation_is_no_change_of_what_was_seen(cast, visit):
    seen = Visit.objects.get(pk=visit.pk)
    actions.confirm(visit, by=cast.coach)
    assert actions.decline(seen, by=cast.change_agent, reason="No.").declined_for == "partner"


def test_the_database_refuses_a_confirmed_or_standing_visit_that_is_declined(cast):
    with pytest.raises(IntegrityError, match="coaching_visit_declined_before_confirmed"):
        make_confirmed(cast.site, cast.coach, declined_for="coach")


def test_the_page_asks_for_a_reason(cast, sign_in):
    visit = make_visit(cast.site, cast.coach, placed_by=cast.staff)
    page, client = reverse("coaching:visit_decline", args=[visit.pk]), sign_in("change_agent")
    assert page in client.get(visit.get_absolute_url()).content.decode()
    assert page in client.get(reverse("coaching:visit_confirm", args=[visit.pk])).content.decode()
    assert client.post(page, {"seen": visit.interval}).context["form"].errors == {"reason": ["This field is required."]}
    assert client.post(page, {"seen": "another", "reason": "No."}).status_code == 409
    assert client.post(page, {"seen": visit.interval, "reason": "An audit."}).url == visit.get_absolute_url()
    assert "Declined by Halden Valley Health: An audit." in client.get(visit.get_absolute_url()).content.decode()
    assert client.get(page).status_code == 404
