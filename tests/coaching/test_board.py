"""The board's page: what each person sees on it, in how many queries, and page by page."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.models import Leave
from partners.models import Holiday
from tests.coaching.factories import DAY, NINE, make_request, make_visit
from tests.factories import make_partner, make_person, make_site

BOARD = reverse("coaching:board")
BUDGET = 6
LISTS = [{}, {"range": "week"}, {"range": "month"}, {"range": "quarter"}, {"by": "partner"}]


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def add_leave(coach, staff, note="Thanksgiving"):
    return Leave.objects.create(
        coach=coach, starts_at=NINE, ends_at=NINE + dt.timedelta(days=1), zone="UTC", note=note, added_by=staff
    )


@pytest.mark.parametrize("query", [{}, {"by": "partner"}, {"range": "quarter"}, {"range": "quarter", "by": "partner"}])
def test_each_person_sees_their_visits_on_it(cast, sign_in, query):
    make_visit(cast.site, cast.coach)
    cast.elsewhere.coaches.add(cast.coach)
    make_visit(cast.other_site, make_person("other_coach", is_coach=True))
    people = ("staff", "coach", "learner", "outsider")
    here = {name: sign_in(name).get(BOARD, query).content.decode() for name in people}
    found = {name: {place for place in ("Riverside", "Wichita") if place in text} for name, text in here.items()}
    assert found == {
        "staff": {"Riverside", "Wichita"},
        "coach": {"Riverside", "Wichita"},
        "learner": {"Riverside"},
        "outsider": {"Wichita"},
    }


@pytest.mark.parametrize("query", LISTS)
def test_partner_people_never_learn_why_a_coach_is_away(cast, sign_in, query):
    add_leave(cast.coach, cast.staff, note="Surgery")
    make_visit(cast.site, cast.coach)
    assert "Surgery" in sign_in("staff").get(BOARD, {"range": "week"}).content.decode()
    for name in ("learner", "change_agent", "sponsor", "outsider"):
        text = sign_in(name).get(BOARD, query).content.decode()
        assert "Surgery" not in text
        assert "In conflict" not in text


def test_partner_people_see_the_holidays_of_their_own_sites(cast, sign_in):
    Holiday.objects.create(site=cast.site, on=DAY, name="Founder’s day")
    query = {"by": "partner"}
    seen = {
        name: "Founder’s day" in sign_in(name).get(BOARD, query).content.decode() for name in ("learner", "outsider")
    }
    assert seen == {"learner": True, "outsider": False}


def test_partner_people_see_no_other_partners_requests(cast, sign_in):
    make_request(cast.site, cast.change_agent, purpose="Shorter stays.")
    assert "Shorter stays." in sign_in("learner").get(BOARD).content.decode()
    assert "Shorter stays." not in sign_in("outsider").get(BOARD).content.decode()


@pytest.mark.parametrize("query", LISTS)
@pytest.mark.parametrize("name", ["staff", "coach", "change_agent"])
def test_the_number_of_queries_does_not_grow(cast, sign_in, name, query):
    client = sign_in(name)

    def count(rows):
        for _ in range(rows):
            coach, partner = make_person(is_coach=True), make_partner()
            for one in (cast.partner, partner):
                one.coaches.add(coach, cast.coach)
                site = make_site(one)
                Holiday.objects.create(site=site, on=DAY, name="Thanksgiving")
                make_visit(site, coach)
                make_request(site, cast.change_agent)
            add_leave(coach, cast.staff)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD, query).status_code == 200
        return len(queries)

    one, four = count(1), count(3)
    assert one == four <= BUDGET


@pytest.mark.parametrize("query", [{}, {"by": "partner"}])
def test_rows_come_in_pages(cast, sign_in, query):
    for _ in range(25):
        make_person(is_coach=True)
        make_partner()
    first = sign_in("staff").get(BOARD, query)
    assert len(first.context["board"].rows) == 20
    rest = sign_in("staff").get(BOARD, query | {"after": first.context["page"].next})
    assert len(rest.context["board"].rows) == (7 if query else 6)


def test_one_coach_alone_is_shown_when_asked(cast, sign_in):
    make_person("other_coach", is_coach=True)
    board = sign_in("staff").get(BOARD, {"coach": cast.coach.pk})
    assert [row.of for row in board.context["board"].rows] == [cast.coach]


def test_partners_that_have_left_are_gone_from_its_rows(cast, sign_in):
    make_partner("Long ago", left_on=dt.date(2025, 1, 1))
    board = sign_in("staff").get(BOARD, {"by": "partner"})
    assert [row.name for row in board.context["board"].rows] == ["Corvane Aerospace", "Halden Valley Health"]


def test_links_keep_what_was_asked_for(cast, sign_in):
    text = sign_in("staff").get(BOARD, {"range": "month", "by": "partner", "time": "mine"}).content.decode()
    assert (
        'href="?range=month&amp;by=partner&amp;time=mine&amp;from=2026-12-01" aria-label="A month later"'
        in " ".join(text.split())
    )


def test_a_quarters_week_leads_to_that_week(cast, sign_in):
    make_visit(cast.site, cast.coach)
    text = sign_in("staff").get(BOARD, {"range": "quarter"}).content.decode()
    assert f'id="week-{cast.coach.pk}-8" href="?range=week&amp;from=2026-11-23"' in text


@pytest.mark.parametrize(
    "query", [{"from": "x\x00"}, {"range": "\x00"}, {"after": "\x00"}, {"coach": "\x00"}, {"by": "\x00"}]
)
def test_rubbish_in_the_address_does_no_harm(cast, sign_in, query):
    assert sign_in("staff").get(BOARD, query).status_code == 200


def test_an_empty_board_says_what_it_will_show(cast, sign_in):
    make_partner()
    assert "No visits at your sites on these days." in sign_in("change_agent").get(BOARD).content.decode()
