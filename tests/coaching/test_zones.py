"""Days and clocks of a site and back, in every zone there is, through every change of clocks from 2020 to 2030."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coaching import words
from coaching.models import Visit
from coaching.models.visits import LONGEST
from coaching.times import Slot, half_day, hours, kept, whole_days
from partners.lib.calendars import SkippedTime, clock_changes, zone_named

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
ZONES = st.sampled_from(sorted(available_timezones())).map(zone_named)
SHIFTED = st.sampled_from(
    ["America/Santiago", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Antarctica/Troll"]
)
LENGTHS = st.integers(0, 30).map(dt.timedelta)
HOUR = dt.timedelta(hours=1)


def visit(slot: Slot) -> Visit:
    return Visit(**vars(slot))


def skipped(day: dt.date, zone: ZoneInfo) -> bool:
    """Whether the calendar there never had this day."""
    noon = dt.datetime.combine(day, dt.time(12), zone)
    return noon.astimezone(dt.UTC).astimezone(zone).date() != day


@settings(max_examples=400, deadline=None)
@given(zone=ZONES | SHIFTED.map(zone_named), first=DAYS, length=LENGTHS)
def test_whole_days_come_back_as_the_same_days(zone, first, length):
    last = first + length
    assume(not skipped(first, zone))
    assume(not skipped(last, zone))
    found = visit(whole_days(first, last, zone))
    assert (found.first_day, found.last_day) == (first, last)
    assert found.local_end.date() == last + dt.timedelta(days=1)
    assert found.ends_at - found.starts_at <= LONGEST


@settings(max_examples=400, deadline=None)
@given(zone=ZONES | SHIFTED.map(zone_named), day=DAYS, afternoon=st.booleans())
def test_half_days_come_back_as_the_same_day_and_clocks(zone, day, afternoon):
    assume(not skipped(day, zone))
    found = visit(half_day(day, zone, afternoon=afternoon))
    clocks = (dt.time(13), dt.time(17)) if afternoon else (dt.time(8), dt.time(12))
    assert (found.first_day, found.last_day) == (day, day)
    assert (found.local_start.time(), found.local_end.time()) == clocks


@settings(max_examples=400, deadline=None)
@given(
    zone=ZONES | SHIFTED.map(zone_named), day=DAYS, clock=st.times().map(lambda t: t.replace(second=0, microsecond=0))
)
def test_a_clock_comes_back_or_is_refused(zone, day, clock):
    try:
        found = visit(hours(day, clock, day + dt.timedelta(days=1), dt.time(12), zone))
    except SkippedTime:
        local = dt.datetime.combine(day, clock, zone)
        changes = list(clock_changes(local.astimezone(dt.UTC) - 25 * HOUR, local.astimezone(dt.UTC) + 25 * HOUR, zone))
        assert changes
    else:
        assert (found.first_day, found.local_start.time()) == (day, clock)


@settings(max_examples=400, deadline=None)
@given(old=ZONES, new=ZONES | SHIFTED.map(zone_named), day=DAYS, length=LENGTHS)
def test_days_are_kept_in_another_zone(old, new, day, length):
    assume(not any(skipped(on, zone) for zone in (old, new) for on in (day, day + length)))
    moved = visit(kept(whole_days(day, day + length, old), new))
    assert (moved.first_day, moved.last_day, moved.zone) == (day, day + length, new.key)
    morning = visit(kept(half_day(day, old, afternoon=False), new))
    assert (morning.first_day, morning.local_start.time(), morning.local_end.time()) == (day, dt.time(8), dt.time(12))


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Paris", dt.date(2027, 3, 28), 23),
        ("Europe/Paris", dt.date(2026, 10, 25), 25),
        ("Australia/Sydney", dt.date(2026, 10, 4), 23),
        ("Australia/Sydney", dt.date(2027, 4, 4), 25),
        ("America/Santiago", dt.date(2026, 9, 6), 23),
        ("America/Santiago", dt.date(2027, 4, 3), 25),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", dt.date(2027, 4, 4), 24.5),
        ("Asia/Kolkata", dt.date(2026, 10, 25), 24),
        ("Asia/Kathmandu", dt.date(2026, 10, 25), 24),
        ("America/Sao_Paulo", dt.date(2018, 11, 4), 23),
        ("Asia/Beirut", dt.date(2027, 3, 28), 23),
        ("Africa/Cairo", dt.date(2027, 4, 30), 23),
        ("Pacific/Apia", dt.date(2026, 10, 25), 24),
        ("Pacific/Auckland", dt.date(2026, 9, 27), 23),
    ],
)
def test_a_whole_day_is_as_long_as_the_day_there(zone, day, length):
    slot = whole_days(day, day, ZoneInfo(zone))
    assert slot.ends_at - slot.starts_at == length * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Asia/Kolkata", dt.date(2026, 7, 1), 5.5),
        ("Asia/Kathmandu", dt.date(2026, 7, 1), 5.75),
        ("Australia/Lord_Howe", dt.date(2026, 7, 1), 10.5),
        ("Australia/Lord_Howe", dt.date(2027, 1, 1), 11),
        ("Pacific/Apia", dt.date(2027, 1, 1), 13),
        ("Pacific/Auckland", dt.date(2027, 1, 1), 13),
        ("America/Santiago", dt.date(2027, 1, 1), -3),
        ("America/Santiago", dt.date(2026, 7, 1), -4),
    ],
)
def test_eight_oclock_is_eight_there(zone, day, offset):
    eight = dt.datetime.combine(day, dt.time(8), dt.UTC)
    assert half_day(day, ZoneInfo(zone), afternoon=False).starts_at == eight - offset * HOUR


def test_a_whole_day_that_the_date_line_took_away_is_no_time_at_all():
    """Samoa had no 30 December 2011; the days around it touch."""
    apia = ZoneInfo("Pacific/Apia")
    before, after = (whole_days(day, day, apia) for day in (dt.date(2011, 12, 29), dt.date(2011, 12, 31)))
    assert before.ends_at == after.starts_at


def test_across_a_change_both_ends_say_their_zone():
    new_york = ZoneInfo("America/New_York")
    saturday, sunday = dt.date(2026, 10, 31), dt.date(2026, 11, 1)
    over_night = visit(hours(saturday, dt.time(9), sunday, dt.time(12), new_york))
    assert words.when(over_night).startswith("Sat 31 Oct")
    assert ", 09:00 EDT to Sun 1 Nov" in words.when(over_night)
    assert words.when(over_night).endswith(", 12:00 EST")
    assert words.when(visit(whole_days(saturday, sunday, new_york))).endswith("whole days (EDT, then EST)")
    at_night = visit(
        Slot(
            dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC), new_york.key
        )
    )
    assert words.when(at_night).endswith("01:30 EDT to 01:30 EST")


def test_a_clock_that_is_skipped_in_the_other_zone_comes_after_the_gap():
    chicago, new_york = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
    day = dt.date(2027, 3, 14)
    arizona = hours(day, dt.time(2, 30), day, dt.time(4), ZoneInfo("America/Phoenix"))
    assert visit(kept(arizona, chicago)).local_start.time() == dt.time(3, 30)
    twice = Slot(
        dt.datetime(2026, 11, 1, 5, 45, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, 6, 15, tzinfo=dt.UTC), new_york.key
    )
    once = kept(twice, ZoneInfo("America/Phoenix"))
    assert once.ends_at - once.starts_at == dt.timedelta(minutes=30)
