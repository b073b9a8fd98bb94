"""The ledger follows the visits: held when confirmed, let go when moved or cancelled, used when over, each once."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching import actions, schedules
from coaching.models import Visit
from coaching.times import whole_days
from partners.models import Allotment, Benefit
from partners.models.allotments import Kind
from tests.coaching.charter_factories import acknowledged, make_charter, make_proposed
from tests.coaching.factories import make_confirmed, make_visit

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
WED, THU = dt.date(2026, 11, 25), dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def taking(cast, **fields):
    return {**vars(whole_days(WED, THU, cast.site.tzinfo)), **fields}


@pytest.fixture
def visit(cast):
    """Two days, confirmed by both sides in a charter's time."""
    make_charter(cast)
    visit = make_visit(cast.site, cast.coach, placed_by=cast.staff, **taking(cast))
    actions.confirm(visit, by=cast.coach)
    return actions.confirm(visit, by=cast.change_agent)


def written(visit):
    rows = Allotment.objects.filter(about=f"visit:{visit.pk}").order_by("pk").select_related("made_by")
    return [(row.kind, row.amount, row.made_by and row.made_by.name) for row in rows]


def reconciled() -> str:
    out = StringIO()
    call_command("reconcile_days", stdout=out)
    return out.getvalue()


HELD = ("held", 2, "Change Agent")


def test_a_visit_holds_its_days_once_both_sides_have_confirmed(cast, visit):
    assert written(visit) == [HELD]
    entry = Allotment.objects.get(about=f"visit:{visit.pk}")
    assert (entry.words, entry.url) == (
        "Gemba walk at Riverside, Wed 25 Nov to Thu 26 Nov, whole days (EST)",
        visit.get_absolute_url(),
    )
    assert "1 partners, 1 visits: the ledger says what the visits say." in reconciled()


def test_a_tentative_visit_takes_nothing(cast):
    make_charter(cast)
    visit = make_visit(cast.site, cast.coach, **taking(cast))
    actions.confirm(visit, by=cast.coach)
    assert written(visit) == []


def test_moving_lets_go_and_confirming_again_holds_again(cast, visit):
    moved = actions.move(visit, by=cast.coach, slot=whole_days(WED, WED, cast.site.tzinfo))
    assert written(visit) == [HELD, ("released", 2, "Coach")]
    actions.confirm(moved, by=cast.change_agent)
    assert written(visit)[2:] == [("held", 1, "Change Agent")]


def test_cancelling_lets_go_and_says_why(cast, visit, clock):
    clock.move_to(MONDAY - dt.timedelta(days=1))  # ten days ahead, as the charter asks
    actions.cancel(visit, by=cast.change_agent, reason="An audit that week.")
    assert written(visit) == [HELD, ("released", 2, "Change Agent")]
    assert Allotment.objects.get(kind=Kind.RELEASED).why == "It was cancelled: An audit that week."


def test_once_it_is_over_the_clock_writes_that_it_was_used(cast, visit, clock):
    clock.move_to(visit.ends_at - dt.timedelta(minutes=1))
    schedules.keep_days()
    assert written(visit) == [HELD]
    clock.move_to(visit.ends_at)
    for _ in range(2):
        schedules.keep_days()
    assert written(visit) == [HELD, ("released", 2, None), ("used", 2, None)]
    balance = Allotment.objects.of(Benefit.COACH_DAYS).balance()
    assert [balance.allotted, balance.held, balance.used, balance.left] == [24, 0, 2, 22]


def test_what_is_cancelled_after_the_fact_is_given_back(cast, visit, clock):
    clock.move_to(visit.ends_at)
    schedules.keep_days()
    actions.cancel(Visit.objects.get(pk=visit.pk), by=cast.staff, reason="The coach was ill.")
    assert written(visit)[3:] == [("returned", 2, "Staff")]


def test_without_a_charter_nothing_is_written_until_there_is_one(cast):
    charter = make_proposed(cast)
    visit = make_confirmed(cast.site, cast.coach, **taking(cast))
    schedules.keep_days()
    assert written(visit) == []
    acknowledged(cast, charter)
    assert written(visit) == [("held", 2, None)]


@pytest.mark.parametrize(("last", "lets_go"), [(WED, []), (WED - dt.timedelta(days=1), [("released", 2, None)])])
def test_ending_a_charter_lets_go_of_what_begins_after_its_end(cast, visit, last, lets_go):
    actions.end_charter(cast.partner.charters.get(), by=cast.staff, on=last, reason="The sponsor left.")
    assert written(visit) == [HELD, *lets_go]


def test_a_difference_is_found_and_put_right(cast):
    make_charter(cast)
    visit = make_confirmed(cast.site, cast.coach, **taking(cast))
    with pytest.raises(CommandError, match="1 entry is lacking"):
        reconciled()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("reconcile_days", stdout=out)
    assert f"visit:{visit.pk}: 2 to be held in the year from 2026-03-01" in out.getvalue()
    call_command("reconcile_days", "--write", stdout=out)
    assert written(visit) == [("held", 2, None)]
    assert "the ledger says what the visits say" in reconciled()


def test_a_round_asks_as_often_for_many_visits_as_for_one(cast):
    make_charter(cast)
    counts = []
    for day in (5, 7, 9, 11):
        moment = dt.datetime(2026, 12, day, 14, tzinfo=dt.UTC)
        make_confirmed(cast.site, cast.coach, starts_at=moment)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.keep_days_of(cast.partner)
        counts.append(len(queries))
    assert counts[0] == counts[3]
