"""The board: what stands where, for whom, in how many queries; and what is dropped on it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.board import build, first_day
from coaching.models import Visit
from tests.coaching.factories import DAY, NINE, make_confirmed, make_request, make_visit
from tests.factories import make_partner, make_person, make_site

BOARD = reverse("coaching:board")
HOUR = dt.timedelta(hours=1)
BUDGET = {"staff": 5, "change_agent": 6}  # session, person, coaches, visits, requests; and whether she may ask
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def built(coaches, visits, reader):
    return build(MONDAY, coaches, visits, reader=reader, now=NINE - 24 * HOUR)


def marks(board):
    return [mark for row in board.rows for mark in row.marks]


@pytest.mark.parametrize(
    ("text", "monday"),
    [("", MONDAY), ("2026-12-10", dt.date(2026, 12, 7)), ("rubbish", MONDAY), ("9999-12-31", MONDAY)],
)
def test_it_begins_on_a_monday(text, monday):
    assert first_day(text, DAY) == monday


def test_a_visit_stands_where_its_sites_calendar_has_it(cast):
    """22:00 UTC on Tuesday is Wednesday morning in Sydney."""
    sydney = make_site(cast.partner, "Sydney", zone="Australia/Sydney")
    late = make_visit(sydney, cast.coach, starts_at=dt.datetime(2026, 11, 24, 22, tzinfo=dt.UTC))
    [mark] = marks(built([cast.coach], [late], cast.staff))
    assert mark.slot_css == "slot s5 w1 l1"


def test_long_visits_are_cut_at_the_edges(cast):
    start = dt.datetime(2026, 11, 20, 14, tzinfo=dt.UTC)
    long = make_visit(cast.site, cast.coach, starts_at=start, ends_at=start + 20 * 24 * HOUR)
    gone = make_visit(cast.site, cast.coach, starts_at=start)
    assert [mark.slot_css for mark in marks(built([cast.coach], [gone, long], cast.staff))] == ["slot s1 w28 l1"]


def test_two_at_once_are_a_conflict_in_lanes_of_their_own(cast):
    first = make_confirmed(cast.site, cast.coach)
    second = make_visit(cast.other_site, cast.coach, starts_at=NINE + HOUR)
    board = built([cast.coach], [first, second], cast.staff)
    assert [conflict.words for conflict in board.conflicts] == ["Coach, Wed 25 Nov: two places at once"]
    assert [(mark.lane, mark.css) for mark in marks(board)] == [(1, "ev gemba clash"), (2, "ev gemba maybe clash")]
    assert "at the same time at Halden Valley Health, Riverside." in marks(board)[1].words


def test_coaches_on_site_are_counted_once_a_day(cast):
    visits = [
        make_visit(cast.site, cast.coach),
        make_visit(cast.site, cast.coach, starts_at=NINE + 3 * HOUR),
        make_visit(cast.site, cast.coach, kind="remote", starts_at=NINE + 24 * HOUR),
    ]
    assert [day.out for day in built([cast.coach], visits, cast.staff).days[:4]] == ["", "", "1", ""]


def test_each_person_sees_their_visits_on_it(cast, sign_in):
    make_visit(cast.site, cast.coach)
    make_visit(cast.other_site, make_person("other_coach", is_coach=True))
    here = {name: sign_in(name).get(BOARD).content.decode() for name in ("staff", "coach", "learner", "outsider")}
    found = {name: {place for place in ("Riverside", "Wichita") if place in text} for name, text in here.items()}
    assert found == {
        "staff": {"Riverside", "Wichita"},
        "coach": {"Riverside", "Wichita"},
        "learner": {"Riverside"},
        "outsider": {"Wichita"},
    }


def test_partner_people_see_no_other_partners_requests(cast, sign_in):
    make_request(cast.site, cast.change_agent, purpose="Shorter stays.")
    assert "Shorter stays." in sign_in("learner").get(BOARD).content.decode()
    assert "Shorter stays." not in sign_in("outsider").get(BOARD).content.decode()


@pytest.mark.parametrize("name", ["staff", "change_agent"])
def test_the_number_of_queries_does_not_grow(cast, sign_in, name):
    client = sign_in(name)

    def count(rows):
        for _ in range(rows):
            coach = make_person(is_coach=True)
            cast.partner.coaches.add(coach)
            make_visit(make_site(cast.partner), coach)
            make_request(make_site(cast.partner), cast.change_agent)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD).status_code == 200
        return len(queries)

    assert (count(1), count(3)) == (BUDGET[name], BUDGET[name])


def drop(client, thing, **values):
    url = reverse(f"coaching:{'visit' if isinstance(thing, Visit) else 'request'}_drop", args=[thing.pk])
    return client.post(url, values, headers={"HX-Request": "true"})


def test_a_visit_dropped_on_another_day_and_coach_moves_there(cast, sign_in):
    other = make_person("other_coach", is_coach=True)
    visit = make_confirmed(cast.site, cast.coach)
    answer = drop(sign_in("staff"), visit, coach=other.pk, day="2026-11-27", half="pm", sequence=0)
    assert answer.status_code == 200
    assert 'id="plan"' in answer.content.decode()
    visit.refresh_from_db()
    assert (visit.coach, visit.local_start.isoformat(), visit.is_tentative) == (
        other,
        "2026-11-27T13:00:00-05:00",
        True,
    )


def test_a_drop_after_somebody_elses_change_answers_with_the_board_as_it_is(cast, sign_in):
    visit = make_visit(cast.site, cast.coach, sequence=3)
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-27", half="am", sequence=2)
    assert answer.status_code == 409
    assert "Somebody has changed this visit meanwhile." in answer.content.decode()
    assert Visit.objects.get().starts_at == NINE


def test_a_drop_on_a_confirmed_visit_says_what_is_there(cast, sign_in):
    make_confirmed(cast.other_site, cast.coach)
    visit = make_visit(cast.site, cast.coach, starts_at=NINE + 48 * HOUR)
    answer = drop(sign_in("staff"), visit, coach=cast.coach.pk, day="2026-11-25", half="am", sequence=0)
    assert answer.status_code == 422
    assert "Coach is at Corvane Aerospace, Wichita until Wed 25 Nov, 10:00 CST." in answer.content.decode()


def test_a_request_dropped_on_a_day_becomes_a_tentative_visit(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent, purpose="Shorter stays.", preferred_to=dt.date(2026, 12, 4))
    answer = drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-11-26", half="pm")
    assert answer.status_code == 200
    visit = Visit.objects.get()
    assert (visit.request, visit.purpose, visit.first_day, visit.is_whole_days) == (
        asked,
        "Shorter stays.",
        dt.date(2026, 11, 26),
        True,
    )
    assert drop(sign_in("staff"), asked, coach=cast.coach.pk, day="2026-11-26", half="pm").status_code == 404


def test_coaches_come_in_pages(cast, sign_in):
    for _ in range(25):
        make_person(is_coach=True)
    first = sign_in("staff").get(BOARD)
    assert len(first.context["board"].rows) == 20
    rest = sign_in("staff").get(BOARD, {"after": first.context["page"].next})
    assert len(rest.context["board"].rows) == 6


def test_an_empty_board_says_what_it_will_show(cast, sign_in):
    make_partner()
    assert "No visits at your sites in these two weeks." in sign_in("change_agent").get(BOARD).content.decode()
