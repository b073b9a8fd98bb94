"""The pages about one visit and one request: planning, confirming, moving, cancelling, asking, placing."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.models import Visit, VisitRequest
from tests.coaching.factories import NINE, make_confirmed, make_request, make_visit
from tests.factories import make_site

NEW = reverse("coaching:visit_new")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def filled(cast, **fields):
    return {
        "site": cast.site.pk,
        "coach": cast.coach.pk,
        "kind": "onsite",
        "purpose": "Walk the discharge process.",
        "first_day": "2026-11-25",
        "length": "days",
    } | fields


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def test_staff_plan_a_visit_in_the_sites_time(cast, sign_in):
    fields = filled(cast, length="hours", from_clock="10:00", until_clock="11:30")
    answer = sign_in("staff").post(NEW, fields)
    visit = Visit.objects.get()
    assert answer.url == visit.get_absolute_url()
    assert (visit.starts_at, visit.is_tentative) == (dt.datetime(2026, 11, 25, 15, tzinfo=dt.UTC), True)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"last_day": "2026-11-24"}, "last_day", "The last day is not before the first."),
        ({"first_day": "2026-11-15"}, "first_day", "This day is over: choose today or a later one."),
        ({"first_day": "2126-11-15"}, "first_day", "Plan at most two years ahead."),
        ({"first_day": "0001-01-01"}, "first_day", "This day is over: choose today or a later one."),
        ({"last_day": "2026-12-27"}, "last_day", "A visit lasts at most 31 days: plan a second one for the rest."),
        ({"length": "morning", "last_day": "2026-11-26"}, "last_day", "Half a day has one day: leave this empty."),
        ({"length": "hours"}, "from_clock", "Enter a time such as 9:30, or choose whole days."),
        (
            {"length": "hours", "from_clock": "11:00", "until_clock": "10:00"},
            "until_clock",
            "The end is after the start: choose a later time.",
        ),
        (
            {"first_day": "2027-03-14", "length": "hours", "from_clock": "02:30", "until_clock": "10:00"},
            "from_clock",
            "The clocks go forward on Sun 14 Mar: 02:30 does not exist there. Choose another time.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, sign_in, fields, field, words):
    answer = sign_in("staff").post(NEW, filled(cast, **fields))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}


@pytest.mark.parametrize("fields", [{"site": "\x00"}, {"purpose": "\x00"}, {"coach": "999999"}, {"length": "month"}])
def test_hostile_input_is_an_error_of_its_field(cast, sign_in, fields):
    answer = sign_in("staff").post(NEW, filled(cast, **fields))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(fields))


def test_a_coach_who_is_elsewhere_is_an_error_of_the_coach(cast, sign_in):
    make_confirmed(cast.other_site, cast.coach)
    answer = sign_in("staff").post(NEW, filled(cast))
    assert answer.context["form"].errors == {
        "coach": ["Coach is at Corvane Aerospace, Wichita until Wed 25 Nov, 10:00 CST."]
    }


def test_the_page_of_a_visit_says_it_all(cast, sign_in):
    cast.coach.zone, cast.change_agent.zone = "Europe/Copenhagen", "Asia/Kolkata"
    cast.coach.save()
    cast.change_agent.save()
    text = sign_in("change_agent").get(make_visit(cast.site, cast.coach).get_absolute_url()).content.decode()
    for words in (
        "Gemba walk, Halden Valley Health, Riverside",
        "Tentative: waits for Coach and Halden Valley Health to confirm.",
        "Wed 25 Nov, 09:00 to 11:00 EST",
        "Wed 25 Nov, 15:00 to 17:00 CET",
        "Wed 25 Nov, 19:30 to 21:30 IST",
        "Walk the discharge process.",
    ):
        assert words in text


def test_both_sides_confirm_on_the_page_behind_the_mails_link(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    for name in ("coach", "change_agent"):
        client = sign_in(name)
        assert client.get(url("visit_confirm", visit)).status_code == 200
        assert client.post(url("visit_confirm", visit), {"seen": visit.interval}).status_code == 302
    visit.refresh_from_db()
    assert visit.is_confirmed
    assert client.get(url("visit_confirm", visit)).url == visit.get_absolute_url()


def test_a_time_that_has_changed_since_it_was_shown_is_not_confirmed(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    answer = sign_in("coach").post(url("visit_confirm", visit), {"seen": "20261124T140000Z/20261124T160000Z"})
    assert answer.status_code == 409
    assert "Somebody has changed this visit meanwhile." in answer.content.decode()


def test_confirming_goes_back_to_our_own_pages_only(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    board = reverse("coaching:board")
    client, data = sign_in("coach"), {"seen": visit.interval}
    assert client.post(url("visit_confirm", visit), data | {"next": f"{board}?from=2026-11-23"}).url.startswith(board)
    away = client.post(url("visit_confirm", visit), data | {"next": "https://evil.example/"})
    assert away.url == visit.get_absolute_url()


def test_a_coach_moves_a_visit_and_the_partner_is_asked(cast, sign_in):
    visit = make_confirmed(cast.site, cast.coach)
    form = {"first_day": "2026-11-27", "length": "hours", "from_clock": "09:00", "until_clock": "11:00", "sequence": 0}
    assert sign_in("coach").post(url("visit_move", visit), form).url == visit.get_absolute_url()
    visit.refresh_from_db()
    assert visit.starts_at == NINE + dt.timedelta(days=2)
    assert (visit.coach_confirmed_by, visit.partner_confirmed_by) == (cast.coach, None)
    text = sign_in("learner").get(visit.get_absolute_url()).content.decode()
    assert "Coach moved it to Fri 27 Nov, 09:00 to 11:00 EST." in text


def test_moving_what_somebody_else_has_moved_is_a_conflict(cast, sign_in):
    visit = make_visit(cast.site, cast.coach, sequence=2)
    form = {"first_day": "2026-11-27", "length": "days", "sequence": 1}
    assert sign_in("coach").post(url("visit_move", visit), form).status_code == 409


def test_only_staff_choose_another_coach(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    fields = {
        name: set(sign_in(name).get(url("visit_move", visit)).context["form"].fields) for name in ("coach", "staff")
    }
    assert fields["staff"] - fields["coach"] == {"coach"}


def test_cancelling_asks_for_a_reason(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    client = sign_in("change_agent")
    assert client.post(url("visit_cancel", visit), {"sequence": 0}).status_code == 422
    client.post(url("visit_cancel", visit), {"sequence": 0, "reason": "An audit that week."})
    assert "Cancelled: An audit that week." in client.get(visit.get_absolute_url()).content.decode()


def test_a_change_agent_asks_for_their_own_sites_only(cast, sign_in):
    form = {"purpose": "Shorter stays.", "kind": "onsite", "preferred_from": "2026-11-25", "preferred_to": "2026-12-04"}
    client, new = sign_in("change_agent"), reverse("coaching:request_new")
    assert client.post(new, form | {"site": cast.other_site.pk}).status_code == 422
    assert client.post(new, form | {"site": cast.site.pk, "preferred_to": "2026-11-24"}).status_code == 422
    assert client.post(new, form | {"site": cast.site.pk}).status_code == 302
    assert VisitRequest.objects.get().asked_by == cast.change_agent


def test_staff_place_a_request(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent)
    form = filled(cast, site="")
    assert sign_in("staff").post(url("request_place", asked), form).status_code == 302
    assert Visit.objects.get().request == asked


def test_the_partners_page_shows_what_is_next_and_was_last(cast, sign_in):
    make_visit(cast.site, cast.coach)
    make_visit(make_site(cast.partner, "Lakeshore"), cast.coach, starts_at=NINE - dt.timedelta(days=20))
    make_visit(cast.other_site, cast.coach)
    context = sign_in("sponsor").get(url("visits_of_partner", cast.partner)).context
    assert [str(visit) for visit, _ in context["next"]] == ["Gemba walk at Riverside"]
    assert [str(visit) for visit, _ in context["last"]] == ["Gemba walk at Lakeshore"]
