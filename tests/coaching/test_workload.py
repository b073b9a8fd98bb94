"""How the coaches' months are taken, and what is near and has no confirmed coach."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching import actions
from coaching.models import Leave, TravelDay
from coaching.times import half_day, whole_days
from tests.coaching.factories import make_confirmed, make_request, make_visit
from tests.factories import make_person

LOAD = reverse("coaching:coach_load")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def at(day, month=11, hour=14):
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


def test_days_of_each_kind_are_counted_in_halves_and_without_weekends(cast, sign_in):
    make_confirmed(cast.site, cast.coach, starts_at=at(2))
    make_confirmed(cast.site, cast.coach, starts_at=at(5), ends_at=at(9, hour=22))  # Thursday to Monday
    make_visit(cast.site, cast.coach, starts_at=at(11), ends_at=at(11, hour=22))
    add(actions.add_travel, TravelDay, cast, half_day(dt.date(2026, 11, 10), cast.site.tzinfo, afternoon=True))
    add(actions.add_leave, Leave, cast, whole_days(dt.date(2026, 11, 30), dt.date(2026, 12, 1), cast.coach.tzinfo))
    first, second, *_ = sign_in("staff").get(LOAD).context["loads"][0].months
    assert (first.committed, first.tentative, first.travel, first.away, first.working) == (3.5, 1, 0.5, 1, 21)
    assert (first.free, second.away) == (15, 1)
    assert [css for css, _, _ in first.bars] == ["committed", "tentative", "travel", "away"]


def add(action, model, cast, slot):
    action(model(coach=cast.coach, **vars(slot)), by=cast.staff)


@pytest.mark.parametrize(("text", "first"), [("2027-02", (2027, 2)), ("x", (2026, 11)), ("9999-01", (2026, 11))])
def test_the_first_month_stands_in_the_address(sign_in, text, first):
    start = sign_in("staff").get(LOAD, {"from": text}).context["start"]
    assert (start.year, start.month, start.day) == (*first, 1)


def test_the_same_as_csv_without_formulas(cast, sign_in):
    type(cast.coach).objects.filter(pk=cast.coach.pk).update(name="=cmd()")
    lines = sign_in("staff").get(LOAD, {"as": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "Coach,Month,Working days,Committed,Tentative,Travel,Away,Free",
        "'=cmd(),2026-11,21,0,0,0,0,21",
    ]


def test_the_table_costs_the_same_for_one_coach_and_for_four(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    for coaches in (1, 3):
        for number in range(coaches):
            make_confirmed(cast.site, make_person(f"coach{coaches}{number}", is_coach=True), starts_at=at(24))
        with django_assert_max_num_queries(7):
            client.get(LOAD)


def test_visits_without_a_confirmed_coach_stand_by_the_days_that_are_left(cast, sign_in):
    near, later = (
        make_visit(cast.site, cast.coach, starts_at=at(20)),
        make_visit(cast.site, cast.coach, starts_at=at(31, month=12)),
    )
    make_visit(cast.site, cast.coach, starts_at=at(20) + dt.timedelta(days=200))
    make_visit(
        cast.site, cast.coach, starts_at=at(21), coach_confirmed_at=timezone.now(), coach_confirmed_by=cast.coach
    )
    asked = make_request(cast.site, cast.change_agent)
    context = sign_in("staff").get(reverse("coaching:coverage")).context
    groups = {limit: [visit for visit, _, _ in visits] for limit, visits in context["groups"]}
    assert groups == {30: [near], 60: [later], 90: []}
    assert list(context["requests"]) == [asked]


def test_days_left_are_those_of_the_calendar_at_the_site(cast, sign_in):
    """Monday at noon in London: Wednesday at nine in New York is in two days, however few hours that are."""
    for starts_at in (at(18), at(16, hour=22), at(16, hour=22) + dt.timedelta(days=90)):
        make_visit(cast.site, cast.coach, starts_at=starts_at)
    make_visit(cast.site, cast.coach, starts_at=at(16) + dt.timedelta(days=91))
    groups = sign_in("staff").get(reverse("coaching:coverage")).context["groups"]
    assert [(limit, [left for _, _, left in visits]) for limit, visits in groups] == [
        (30, [0, 2]),
        (60, []),
        (90, [90]),
    ]
