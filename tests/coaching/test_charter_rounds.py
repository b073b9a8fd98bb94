"""What comes due in a charter by itself, each once: the new year's days, the reflection, renewing or ending."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from coaching import actions, schedules
from coaching.models import Side
from partners.models import Allotment, Mail, Obligation
from tests.coaching.charter_factories import acknowledged, change, make_charter, make_terms

START = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
TEXTS = {"expected": "A", "happened": "B", "learned": "C", "change_next": "D"}


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def charter(cast, clock):
    return make_charter(cast)


def round_on(clock, year, month, day):
    clock.move_to(dt.datetime(year, month, day, 12, tzinfo=dt.UTC))
    for _ in range(2):
        schedules.look_after_charters()


def owed(prefix):
    return sorted(Obligation.objects.open().filter(key__contains=prefix).values_list("person__name", flat=True))


def granted():
    return list(
        Allotment.objects.filter(kind="granted").order_by("pk").values_list("begins_on__year", "amount", "made_by")
    )


def test_each_year_is_granted_when_it_begins(cast, charter, clock):
    round_on(clock, 2027, 2, 28)
    assert granted() == [(2026, 24, cast.sponsor.pk)]
    round_on(clock, 2027, 3, 1)
    round_on(clock, 2028, 3, 1)
    assert granted()[1:] == [(2027, 24, None), (2028, 24, None)]


def test_after_its_end_nothing_is_granted(cast, charter, clock):
    actions.end_charter(charter, by=cast.staff, on=dt.date(2027, 1, 31), reason="They stop.")
    round_on(clock, 2027, 3, 1)
    assert len(granted()) == 1


def test_a_month_before_each_anniversary_both_sides_are_asked_to_write(cast, charter, clock):
    round_on(clock, 2027, 1, 28)
    assert owed("reflect") == []
    round_on(clock, 2027, 1, 29)
    assert owed("reflect:1") == ["Change Agent", "Coach"]
    owes = Obligation.objects.get(key__contains="reflect", person=cast.coach)
    assert (owes.words, owes.url) == (
        "Reflect on year 1 of the charter with Halden Valley Health",
        f"/coaching/charters/{charter.pk}/years/1/reflect/",
    )
    actions.reflect_on_charter(charter, 1, side=Side.LEI, by=cast.staff, **TEXTS)
    assert owed("reflect") == ["Change Agent"]
    round_on(clock, 2027, 2, 20)
    assert owed("reflect") == ["Change Agent"]


def test_who_has_written_early_is_not_asked(cast, charter, clock):
    actions.reflect_on_charter(charter, 1, side=Side.PARTNER, by=cast.change_agent, **TEXTS)
    round_on(clock, 2027, 2, 1)
    assert owed("reflect") == ["Coach"]


def test_after_a_long_outage_only_what_is_near_is_asked(cast, charter, clock):
    round_on(clock, 2028, 6, 1)
    assert owed("reflect") == []
    round_on(clock, 2029, 2, 1)
    assert owed("reflect:3") == ["Change Agent", "Coach"]


def test_an_early_end_asks_for_the_last_reflection(cast, charter, clock):
    actions.end_charter(charter, by=cast.staff, on=dt.date(2026, 9, 30), reason="They stop.")
    round_on(clock, 2026, 9, 10)
    assert owed("reflect:1") == ["Change Agent", "Coach"]


def test_ninety_days_before_the_end_lei_is_asked_to_renew_or_end(cast, charter, clock):
    round_on(clock, 2028, 11, 29)
    assert owed(":end:") == []
    round_on(clock, 2028, 11, 30)
    assert owed(":end:") == ["Staff"]
    words = Obligation.objects.get(key__contains=":end:").words
    assert words == "The charter with Halden Valley Health ends on Wed 28 Feb 2029: renew or end it"


def test_renewing_or_ending_settles_it(cast, charter, clock):
    round_on(clock, 2028, 12, 1)
    terms = make_terms(cast, begins_on=dt.date(2029, 3, 1), ends_on=dt.date(2030, 2, 28))
    new = actions.start_charter(cast.partner, by=cast.staff, terms=terms, renews=charter)
    assert owed(":end:") == []
    round_on(clock, 2028, 12, 2)
    actions.end_charter(new, by=cast.staff, on=dt.date(2028, 12, 2), reason="Not yet.")
    assert owed(":end:") == []


def test_a_later_end_settles_it_and_asks_again_before_that(cast, charter, clock):
    round_on(clock, 2028, 12, 1)
    acknowledged(cast, change(cast, charter, ends_on=dt.date(2030, 2, 28), days_per_year=Decimal(24)))
    assert owed(":end:") == []
    round_on(clock, 2029, 12, 1)
    assert owed(":end:") == ["Staff"]


def test_nobody_is_told_twice(cast, charter, clock):
    before = Mail.objects.count()
    round_on(clock, 2027, 2, 1)
    round_on(clock, 2028, 12, 1)
    assert Mail.objects.count() == before
