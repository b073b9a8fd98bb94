"""From a request to a visit in two calendars: placing, confirming, moving, cancelling, and who hears of it."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from coaching import actions
from coaching.models import Kind, Visit, VisitRequest
from coaching.times import Slot
from partners.models import Mail, Obligation
from tests.coaching.factories import NINE, make_confirmed, make_request
from tests.factories import make_person

HOUR = dt.timedelta(hours=1)
MORNING = Slot(NINE, NINE + 2 * HOUR, "America/New_York")
LATER = Slot(NINE + 48 * HOUR, NINE + 50 * HOUR, "America/New_York")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def visit(cast):
    return actions.place(
        Visit(site=cast.site, coach=cast.coach, kind=Kind.GEMBA, **vars(MORNING), purpose="Walk the discharge."),
        by=cast.staff,
    )


@pytest.fixture
def confirmed(cast, visit):
    actions.confirm(visit, by=cast.coach)
    return actions.confirm(visit, by=cast.change_agent)


def mails(about=""):
    """Who got which mail about visits: (name, subject's first word, method of the calendar)."""
    found = Mail.objects.filter(key__contains=about).select_related("person").order_by("pk")
    return [(mail.person.name, mail.subject.split(":")[0], mail.calendar_method) for mail in found]


def owed(visit):
    return set(
        Obligation.objects.open()
        .filter(key__startswith=f"visit:{visit.pk}:")
        .values_list("person__name", "key")
        .distinct()
    )


def confirmation(visit, *people):
    return {(person.name, f"visit:{visit.pk}:confirm:{person.pk}") for person in people}


def being_there(visit, *people):
    return {(person.name, f"visit:{visit.pk}:soon:{person.pk}") for person in people}


def test_a_placed_visit_is_tentative_and_both_sides_are_asked(cast, visit):
    assert visit.is_tentative
    assert owed(visit) == confirmation(visit, cast.coach, cast.change_agent)
    assert mails() == [("Coach", "Please confirm", ""), ("Change Agent", "Please confirm", "")]


def test_it_is_confirmed_when_both_sides_have_and_goes_into_calendars(cast, visit):
    half = actions.confirm(visit, by=cast.coach)
    assert half.is_tentative
    assert owed(visit) == confirmation(visit, cast.change_agent)
    whole = actions.confirm(visit, by=cast.change_agent)
    assert whole.is_confirmed
    assert owed(visit) == being_there(visit, cast.coach, cast.change_agent)
    assert mails("confirmed") == [("Coach", "Confirmed", "REQUEST"), ("Change Agent", "Confirmed", "REQUEST")]
    soon = Obligation.objects.get(key=f"visit:{visit.pk}:soon:{cast.coach.pk}")
    assert soon.reminders_at == [NINE - 48 * HOUR]


def test_confirming_twice_changes_nothing(cast, confirmed):
    again = actions.confirm(confirmed, by=cast.coach)
    assert again.sequence == confirmed.sequence
    assert len(mails("confirmed")) == 2


@pytest.mark.parametrize("name", ["outsider", "learner", "sponsor", "staff", "administrator"])
def test_nobody_else_confirms(cast, visit, name):
    with pytest.raises(actions.NotYours):
        actions.confirm(visit, by=cast[name])


def test_an_overlap_is_refused_with_the_other_visit_by_name(cast, visit):
    make_confirmed(cast.other_site, cast.coach, kind=Kind.ONSITE, starts_at=NINE + HOUR)
    with pytest.raises(actions.CoachIsElsewhere) as refused:
        actions.confirm(visit, by=cast.coach)
    assert str(refused.value) == "Coach is at Corvane Aerospace, Wichita until Wed 25 Nov, 11:00 CST."
    visit.refresh_from_db()
    assert visit.coach_confirmed_at is None


def test_the_other_visit_has_no_name_for_who_may_not_see_it(cast, visit):
    make_confirmed(cast.other_site, cast.coach, kind=Kind.ONSITE, starts_at=NINE + HOUR)
    with pytest.raises(actions.CoachIsElsewhere) as refused:
        actions.confirm(visit, by=cast.change_agent)
    assert str(refused.value) == "Coach is elsewhere until Wed 25 Nov, 12:00 EST."


def test_placing_over_a_confirmed_visit_is_refused(cast, confirmed):
    with pytest.raises(actions.CoachIsElsewhere):
        actions.place(
            Visit(site=cast.other_site, coach=cast.coach, kind=Kind.ONSITE, **vars(MORNING), purpose="-"), by=cast.staff
        )


@pytest.mark.parametrize(
    ("mover", "asked"),
    [("staff", ("coach", "change_agent")), ("coach", ("change_agent",)), ("change_agent", ("coach",))],
)
def test_who_did_not_move_it_confirms_the_new_time(cast, confirmed, mover, asked):
    moved = actions.move(confirmed, by=cast[mover], slot=LATER)
    assert moved.is_tentative
    assert moved.sequence == confirmed.sequence + 1
    assert owed(moved) == confirmation(moved, *[cast[name] for name in asked])
    assert mails("moved") == [("Coach", "Moved", "REQUEST"), ("Change Agent", "Moved", "REQUEST")]
    assert "STATUS:TENTATIVE" in Mail.objects.filter(key__contains="moved").first().calendar


def test_a_visit_given_to_another_coach_leaves_the_first_ones_calendar(cast, confirmed):
    other = make_person("other_coach", is_coach=True)
    moved = actions.move(confirmed, by=cast.staff, slot=MORNING, coach=other)
    assert owed(moved) == confirmation(moved, other, cast.change_agent)
    assert ("Coach", "Given to another coach", "CANCEL") in mails("given")


def test_the_same_uid_with_a_higher_sequence_at_each_change(cast, confirmed):
    moved = actions.move(confirmed, by=cast.staff, slot=LATER)
    actions.cancel(moved, by=cast.change_agent, reason="An audit that week.")
    texts = (
        Mail.objects.filter(person=cast.coach).exclude(calendar="").order_by("pk").values_list("calendar", flat=True)
    )
    events = [Calendar.from_ical(text).walk("VEVENT")[0] for text in texts]
    assert len({event["uid"] for event in events}) == 1
    assert [event["sequence"] for event in events] == [2, 3, 4]
    assert [event["status"] for event in events] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]


def test_a_cancelled_visit_is_called_off_everywhere(cast, confirmed):
    gone = actions.cancel(confirmed, by=cast.change_agent, reason="An audit that week.")
    assert gone.is_cancelled
    assert owed(gone) == set()
    assert mails("cancelled") == [("Coach", "Cancelled", "CANCEL"), ("Change Agent", "Cancelled", "CANCEL")]
    assert "An audit that week." in Mail.objects.filter(key__contains="cancelled").first().text
    for deed in (
        lambda: actions.confirm(gone, by=cast.coach),
        lambda: actions.move(gone, by=cast.staff, slot=LATER),
        lambda: actions.cancel(gone, by=cast.staff, reason="Again."),
    ):
        with pytest.raises(actions.HasChanged):
            deed()


def test_what_was_never_in_a_calendar_is_cancelled_by_plain_mail(cast, visit):
    actions.cancel(visit, by=cast.staff, reason="Placed by mistake.")
    assert {method for *_, method in mails("cancelled")} == {""}


def test_a_change_of_something_else_than_what_was_seen_is_refused(cast, visit):
    seen = Visit.objects.get(pk=visit.pk)
    actions.move(visit, by=cast.staff, slot=LATER)
    with pytest.raises(actions.HasChanged):
        actions.move(seen, by=cast.coach, slot=MORNING, sequence=seen.sequence)
    with pytest.raises(actions.HasChanged):
        actions.confirm(seen, by=cast.coach)


def test_a_request_is_placed_once_and_waits_again_when_lei_cancels(cast):
    request = make_request(cast.site, cast.learner)
    visit = actions.place(
        Visit(site=cast.site, coach=cast.coach, kind=Kind.GEMBA, **vars(MORNING), purpose="-", request=request),
        by=cast.staff,
    )
    assert ("Learner", "Please confirm", "") in mails("placed")
    with pytest.raises(actions.AlreadyPlaced):
        actions.place(
            Visit(site=cast.site, coach=cast.coach, kind=Kind.GEMBA, **vars(LATER), purpose="-", request=request),
            by=cast.staff,
        )
    actions.cancel(visit, by=cast.coach, reason="Ill.")
    request.refresh_from_db()
    assert (request.placed_at, request.withdrawn_at) == (None, None)


def test_a_request_whose_visit_the_partner_cancels_is_withdrawn(cast):
    request = actions.ask(
        VisitRequest(
            site=cast.site,
            kind=Kind.ONSITE,
            purpose="Shorter stays.",
            preferred_from=dt.date(2026, 11, 25),
            preferred_to=dt.date(2026, 12, 4),
        ),
        by=cast.change_agent,
    )
    visit = actions.place(
        Visit(site=cast.site, coach=cast.coach, kind=Kind.GEMBA, **vars(MORNING), purpose="-", request=request),
        by=cast.staff,
    )
    actions.cancel(visit, by=cast.change_agent, reason="No longer needed.")
    request.refresh_from_db()
    assert request.withdrawn_by == cast.change_agent
    with pytest.raises(actions.AlreadyPlaced):
        actions.withdraw(request, by=cast.change_agent)
