"""Coach days: what a visit takes, what a charter year grants, and what is used, planned, tentative and left of it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from coaching import actions
from coaching.charters import coach_days, days_in_words, days_of
from coaching.models import Kind, Visit
from coaching.times import half_day, hours, whole_days
from partners.models import Allotment
from partners.models.allotments import Kind as Entry
from tests.coaching.charter_factories import BEGINS, acknowledged, change, make_charter
from tests.coaching.factories import make_cancelled, make_confirmed, make_visit
from tests.factories import make_site

TODAY = dt.date(2026, 11, 16)
WED = dt.date(2026, 11, 25)
NINE, NOON, ONE, FIVE = dt.time(9), dt.time(12), dt.time(13), dt.time(17)
THU, FRI = WED + dt.timedelta(days=1), WED + dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


TAKEN = {
    "a whole day": (lambda zone: whole_days(WED, WED, zone), 1),
    "three whole days": (lambda zone: whole_days(WED, FRI, zone), 3),
    "whole days while the clocks go back": (
        lambda zone: whole_days(dt.date(2026, 10, 31), dt.date(2026, 11, 1), zone),
        2,
    ),
    "a morning": (lambda zone: half_day(WED, zone, afternoon=False), Decimal("0.5")),
    "an afternoon": (lambda zone: half_day(WED, zone, afternoon=True), Decimal("0.5")),
    "a call": (lambda zone: hours(WED, NINE, WED, dt.time(10, 30), zone), Decimal("0.5")),
    "four hours": (lambda zone: hours(WED, NINE, WED, ONE, zone), Decimal("0.5")),
    "more than four hours": (lambda zone: hours(WED, NINE, WED, dt.time(13, 30), zone), 1),
    "three days by hours": (lambda zone: hours(WED, NINE, FRI, FIVE, zone), 3),
    "from noon": (lambda zone: hours(WED, ONE, FRI, FIVE, zone), Decimal("2.5")),
    "from noon until noon": (lambda zone: hours(WED, ONE, FRI, NOON, zone), 2),
    "a call across midnight": (lambda zone: hours(WED, dt.time(22), THU, dt.time(1), zone), Decimal("0.5")),
    "until midnight": (lambda zone: hours(WED, NINE, THU, dt.time(0), zone), 1),
}


@pytest.mark.parametrize("case", TAKEN)
@pytest.mark.parametrize("kind", [Kind.ONSITE, Kind.REMOTE])
def test_how_many_days_a_visit_takes(cast, case, kind):
    slot_of, days = TAKEN[case]
    visit = Visit(site=cast.site, kind=kind, **vars(slot_of(cast.site.tzinfo)))
    assert coach_days(visit) == days


def at(day, hour=14):
    return {"starts_at": dt.datetime.combine(day, dt.time(hour), dt.UTC)}


def day_of(day):
    return {**at(day), "ends_at": dt.datetime.combine(day, dt.time(22), dt.UTC)}


def now(cast):
    days = days_of(cast.partner, on=TODAY)
    assert days is not None
    return days


def numbers(days):
    return tuple(float(n) for n in (days.granted, days.used, days.planned, days.tentative, days.left))


def test_the_days_of_a_year(cast):
    make_charter(cast)
    make_confirmed(cast.site, cast.coach, **day_of(TODAY - dt.timedelta(days=30)))
    make_confirmed(cast.site, cast.coach, **at(TODAY - dt.timedelta(days=3)))
    make_confirmed(cast.site, cast.coach, **day_of(WED))
    make_visit(make_site(cast.partner), cast.coach, **day_of(THU))
    make_visit(cast.site, cast.coach, **day_of(TODAY - dt.timedelta(days=9)))  # nobody confirmed it in time
    make_cancelled(cast.site, cast.coach, **day_of(FRI))
    make_confirmed(cast.other_site, cast.coach, **day_of(FRI))
    make_confirmed(cast.site, cast.coach, **day_of(BEGINS - dt.timedelta(days=1)))
    make_confirmed(cast.site, cast.coach, **day_of(dt.date(2027, 3, 1)))
    days = now(cast)
    assert numbers(days) == (24, 1.5, 1, 2, 21.5)
    assert days_in_words(days) == "24 days: 1.5 used, 1 planned, 2 tentative, 21.5 left"


def test_more_visits_than_days(cast):
    make_charter(cast, days_per_year=Decimal("1.5"))
    make_confirmed(cast.site, cast.coach, **day_of(WED))
    days = days_of(cast.partner, on=TODAY)
    assert (days.left, days.exceeded_by(), days.exceeded_by(Decimal(1))) == (Decimal("0.5"), 0, Decimal("0.5"))
    make_confirmed(cast.site, cast.coach, **day_of(FRI))
    assert days_in_words(now(cast)).endswith("2 planned, 0.5 more than agreed")


def test_a_visit_counts_on_the_day_it_begins_at_its_site(cast):
    """At 23:00 in New York on 28 Feb it is 1 March in UTC."""
    make_charter(cast)
    late = dt.datetime(2027, 3, 1, 4, tzinfo=dt.UTC)
    make_confirmed(cast.site, cast.coach, starts_at=late, ends_at=late + dt.timedelta(hours=2))
    assert days_of(cast.partner, on=TODAY).planned == Decimal("0.5")
    assert days_of(cast.partner, on=dt.date(2027, 3, 1)).planned == 0


def test_a_year_to_come_has_what_the_charter_says(cast):
    make_charter(cast)
    days = days_of(cast.partner, on=dt.date(2027, 6, 1))
    assert (days.granted, days.is_granted, days.year.number) == (24, False, 2)


def test_where_no_charter_is_in_force_there_are_no_days(cast):
    make_charter(cast)
    assert days_of(cast.partner, on=BEGINS - dt.timedelta(days=1)) is None
    assert days_of(cast.elsewhere, on=TODAY) is None


def test_a_short_last_year_has_its_share(cast):
    make_charter(cast, ends_on=dt.date(2027, 8, 31))
    assert days_of(cast.partner, on=dt.date(2027, 6, 1)).granted == 12


def entries(cast, *kinds):
    rows = Allotment.objects.filter(partner=cast.partner, kind__in=kinds).order_by("pk")
    return [(row.kind, float(row.amount), row.begins_on.year, row.made_by and row.made_by.name) for row in rows]


GIVEN = (Entry.GRANTED, Entry.ADDED, Entry.CARRIED_OVER)


def test_coming_into_force_grants_the_year_once(cast):
    charter = make_charter(cast)
    assert entries(cast, *GIVEN) == [("granted", 24, 2026, "Sponsor")]
    assert actions.grant_years(charter, day=TODAY) == 0


def test_another_number_adds_or_takes_back_the_difference(cast):
    charter = make_charter(cast)
    acknowledged(cast, change(cast, charter, days_per_year=Decimal(30)))
    acknowledged(cast, change(cast, charter, days_per_year=Decimal("20.5")))
    assert entries(cast, *GIVEN)[1:] == [("added", 6, 2026, "Sponsor"), ("added", -9.5, 2026, "Sponsor")]
    assert days_of(cast.partner, on=TODAY).granted == Decimal("20.5")


def test_a_charter_that_began_long_ago_grants_each_year_and_changes_only_the_one_that_runs(cast):
    charter = make_charter(cast, begins_on=dt.date(2025, 3, 1))
    acknowledged(cast, change(cast, charter, begins_on=dt.date(2025, 3, 1), days_per_year=Decimal(30)))
    assert [entry[:3] for entry in entries(cast, *GIVEN)] == [
        ("granted", 24, 2025),
        ("granted", 24, 2026),
        ("added", 6, 2026),
    ]


def given(charter, number, amount, once="a"):
    return actions.GivenDays(charter.year_at(number), Decimal(amount), "The second site joined.", once)


def test_staff_add_days_and_take_them_back(cast):
    charter = make_charter(cast)
    actions.add_days(charter, given(charter, 1, "3"), by=cast.staff)
    actions.add_days(charter, given(charter, 1, "3"), by=cast.staff)  # the same form again
    actions.add_days(charter, given(charter, 1, "-1", once="b"), by=cast.staff)
    assert days_of(cast.partner, on=TODAY).granted == 26
    acknowledged(cast, change(cast, charter, days_per_year=Decimal(30)))
    assert days_of(cast.partner, on=TODAY).granted == 32


def test_what_is_left_is_carried_over_and_no_more(cast, monday):
    charter = make_charter(cast)
    make_confirmed(cast.site, cast.coach, **day_of(WED))
    monday.move_to(dt.datetime(2027, 3, 2, 12, tzinfo=dt.UTC))
    actions.grant_years(charter, day=dt.date(2027, 3, 2))
    actions.keep_days_of(cast.partner)
    with pytest.raises(actions.NotSoManyLeft, match="The year before has 23 days left"):
        actions.carry_over(charter, given(charter, 2, "23.5"), by=cast.staff)
    actions.carry_over(charter, given(charter, 2, "4"), by=cast.staff)
    assert [days_of(cast.partner, on=day).granted for day in (TODAY, dt.date(2027, 3, 2))] == [20, 28]
    with pytest.raises(actions.NotSoManyLeft, match="first year"):
        actions.carry_over(charter, given(charter, 1, "1", once="c"), by=cast.staff)
