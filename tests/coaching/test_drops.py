"""What is dropped on the board: where it lands, what is refused, and when a reason is asked for."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.models import Override, Visit
from partners.models import Holiday
from tests.coaching.factories import NINE, make_confirmed, make_request, make_visit
from tests.factories import make_person, make_site

DAY = dt.timedelta(days=1)
HTMX = {"HX-Request": "true"}
LATER = dt.date(2026, 12, 4)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def drop(client, thing, query="", headers=HTMX, **values):
    url = reverse(f"coaching:{'visit' if isinstance(thing, Visit) else 'request'}_drop", args=[thing.pk])
    return client.post(url + query, values, headers=headers)


def local(visit):
    visit.refresh_from_db()
    return f"{visit.local_start:%d %H:%M} to {visit.local_end:%d %H:%M}"


def test_a_visit_dropped_on_another_day_and_coach_moves_there(cast, sign_in):
    other = make_person("other_coach", is_coach=True)
    visit = make_confirmed(cast.site, cast.coach)
    answer = drop(sign_in("staff"), visit, coach=other.pk, day="2026-11-27", half="pm", sequence=0)
    assert answer.status_code == 200
    assert 'id="plan"' in answer.content.decode()
    assert f'data-placed="visit-{visit.pk}"' in answer.content.decode()
    assert local(visit) == "27 13:00 to 27 15:00"
    assert (visit.coach, visit.is_tentative) == (other, True)


@pytest.mark.parametrize(
    ("values", "when"),
    [
        ({}, "27 09:00 to 27 11:00"),
        ({"half": "am", "halves": 1}, "27 09:00 to 27 12:00"),
        ({"half": "am", "halves": 3}, "27 09:00 to 28 12:00"),
        ({"half": "pm", "halves": 2}, "27 13:00 to 28 12:00"),
        ({"clock": "16:30"}, "27 16:30 to 27 18:30"),
    ],
)
def test_a_drop_says_half_length_or_clock(cast, sign_in, values, when):
    visit = make_visit(cast.site, cast.coach)
    drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-27", sequence=0, reason="They asked.", **values)
    assert local(visit) == when


@pytest.mark.parametrize(
    ("halves", "when", "whole"),
    [(2, "27 00:00 to 28 00:00", True), (6, "27 00:00 to 30 00:00", True), (3, "27 08:00 to 28 12:00", False)],
)
def test_whole_days_stay_whole_while_their_number_is(cast, sign_in, halves, when, whole):
    midnight = dt.datetime(2026, 11, 25, 5, tzinfo=dt.UTC)
    visit = make_visit(cast.site, cast.coach, starts_at=midnight, ends_at=midnight + 2 * DAY, is_whole_days=True)
    drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-27", half="am", sequence=0, halves=halves)
    assert (local(visit), visit.is_whole_days) == (when, whole)


def test_in_my_time_a_half_day_is_one_of_my_clock(cast, sign_in):
    """Morning in Kolkata is the evening before in New York."""
    cast.staff.zone = "Asia/Kolkata"
    cast.staff.save()
    visit = make_visit(cast.site, cast.coach)
    values = {"coach": cast.coach.pk, "day": "2026-11-27", "half": "am", "sequence": 0, "reason": "They asked."}
    drop(sign_in("staff"), visit, query="?time=mine", **values)
    assert local(visit) == "26 21:30 to 26 23:30"
    assert visit.zone == "America/New_York"


def test_a_visit_that_begins_in_the_evening_cannot_end_before(cast, sign_in):
    visit = make_visit(cast.site, cast.coach, starts_at=NINE + dt.timedelta(hours=9))
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-27", half="pm", halves=1, sequence=0)
    assert (answer.status_code, "It begins when that half day is over." in answer.content.decode()) == (422, True)


def test_a_drop_after_somebody_elses_change_answers_with_the_board_as_it_is(cast, sign_in):
    visit = make_visit(cast.site, cast.coach, sequence=3)
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-27", half="am", sequence=2)
    assert answer.status_code == 409
    assert "Somebody has changed this visit meanwhile." in answer.content.decode()
    assert Visit.objects.get().starts_at == NINE


def test_a_drop_on_a_confirmed_visit_says_what_is_there(cast, sign_in):
    make_confirmed(cast.other_site, cast.coach)
    visit = make_visit(cast.site, cast.coach, starts_at=NINE + 2 * DAY)
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-25", half="am", sequence=0)
    assert answer.status_code == 422
    assert "Coach is at Corvane Aerospace, Wichita until Wed 25 Nov, 10:00 CST." in answer.content.decode()


def test_a_day_that_is_over_takes_nothing(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-23", half="am", sequence=0)
    assert (answer.status_code, "This day is over" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "yesterday"},
        {"day": "9999-12-31"},
        {"coach": 0},
        {"half": "night"},
        {"halves": 0},
        {"halves": 99},
        {"sequence": ""},
    ],
)
def test_what_is_no_place_is_refused_in_words(cast, sign_in, wrong):
    visit = make_visit(cast.site, cast.coach)
    values = {"coach": cast.coach.pk, "day": "2026-11-27", "half": "am", "sequence": 0} | wrong
    answer = drop(sign_in("staff"), visit, **values)
    assert (answer.status_code, 'class="toast"' in answer.content.decode()) == (422, True)
    assert local(visit) == "25 09:00 to 25 11:00"


def test_a_warning_is_asked_about_in_place_and_nothing_is_moved(cast, sign_in):
    Holiday.objects.create(site=cast.site, on=dt.date(2026, 11, 27), name="Founder’s day")
    visit = make_visit(cast.site, cast.coach)
    values = {"coach": cast.coach.pk, "day": "2026-11-27", "half": "pm", "sequence": 0}
    answer = drop(sign_in("staff"), visit, query="?range=week", **values)
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (422, "#warning", "innerHTML")
    text = answer.content.decode()
    assert "Fri 27 Nov is Founder’s day at Riverside." in text
    assert f'hx-post="/coaching/visits/{visit.pk}/drop/?range=week"' in text
    assert [f'name="{name}" value="{value}"' in text for name, value in values.items()] == [True] * 4
    assert local(visit) == "25 09:00 to 25 11:00"
    answer = drop(sign_in("staff"), visit, **values, reason="They work that day.")
    assert (answer.status_code, local(visit)) == (200, "27 13:00 to 27 15:00")
    assert [(one.words, one.reason) for one in Override.objects.all()] == [
        ("Fri 27 Nov is Founder’s day at Riverside.", "They work that day.")
    ]


@pytest.mark.parametrize(
    ("kind", "values", "when"),
    [
        ("onsite", {"half": "pm"}, "26 00:00 to 27 00:00"),
        ("onsite", {"half": "am", "halves": 1}, "26 08:00 to 26 12:00"),
        ("onsite", {"half": "am", "halves": 4}, "26 00:00 to 28 00:00"),
        ("remote", {"half": "pm"}, "26 13:00 to 26 17:00"),
        ("remote", {}, "26 08:00 to 26 12:00"),
    ],
)
def test_a_request_dropped_on_a_day_becomes_a_tentative_visit(cast, sign_in, kind, values, when):
    asked = make_request(cast.site, cast.change_agent, purpose="Shorter stays.", kind=kind, preferred_to=LATER)
    answer = drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-11-26", **values)
    assert answer.status_code == 200
    visit = Visit.objects.get()
    assert f'data-placed="visit-{visit.pk}"' in answer.content.decode()
    assert (visit.request, visit.purpose, local(visit)) == (asked, "Shorter stays.", when)
    assert drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-11-26", half="pm").status_code == 404


def test_a_request_too_is_placed_against_a_warning_with_a_reason_only(cast, sign_in):
    make_confirmed(cast.site, make_person(is_coach=True), kind="onsite")
    asked = make_request(cast.site, cast.change_agent, kind="onsite", preferred_to=LATER)
    answer = drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-12-01", half="am")
    assert (answer.status_code, "less than 14 days apart" in answer.content.decode()) == (422, True)
    answer = drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-12-01", half="am", reason="Both agree.")
    assert (answer.status_code, Visit.objects.get(request=asked).overrides.count()) == (200, 1)


def test_the_answer_is_the_board_that_was_looked_at(cast, sign_in):
    make_person("other_coach", is_coach=True)
    visit = make_visit(cast.site, cast.coach)
    values = {"coach": cast.coach.pk, "day": "2026-11-27", "half": "am", "sequence": 0}
    board = drop(sign_in("staff"), visit, query="?range=month&from=2026-12-01", **values).context["board"]
    assert (board.view.name, board.view.label, len(board.rows)) == ("month", "December 2026", 2)


def test_without_scripts_a_drop_leads_to_the_visit(cast, sign_in):
    visit = make_visit(make_site(cast.partner), cast.coach)
    answer = drop(
        sign_in("staff"), visit, headers=None, coach=cast.coach.pk, day="2026-11-27", clock="10:00", sequence=0
    )
    assert (answer.status_code, answer["Location"]) == (302, visit.get_absolute_url())
