"""From clocks at a site to moments, through every kind of clock change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from coaching.times import Slot, half_day, hours, moved_to, whole_days
from partners.lib.calendars import SkippedTime, moment

NEW_YORK, KOLKATA, SYDNEY = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Sydney")
DAY = dt.date(2026, 11, 25)
TEN = dt.time(10)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (NEW_YORK, utc(2026, 11, 25, 15)),
        (KOLKATA, utc(2026, 11, 25, 4, 30)),
        (SYDNEY, utc(2026, 11, 24, 23)),
    ],
)
def test_ten_oclock_is_the_sites(zone, expected):
    assert moment(DAY, TEN, zone) == expected


def test_an_hour_that_clocks_skip_is_refused_in_words():
    with pytest.raises(SkippedTime, match="The clocks go forward on Sun 14 Mar: 02:30 does not exist"):
        moment(dt.date(2027, 3, 14), dt.time(2, 30), NEW_YORK)
    with pytest.raises(SkippedTime):
        moment(dt.date(2026, 10, 4), dt.time(2, 30), SYDNEY)


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    assert moment(dt.date(2026, 11, 1), dt.time(1, 30), NEW_YORK) == utc(2026, 11, 1, 5, 30)
    assert moment(dt.date(2027, 4, 4), dt.time(2, 30), SYDNEY) == utc(2027, 4, 3, 15, 30)


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [(NEW_YORK, dt.date(2027, 3, 14), 23), (NEW_YORK, dt.date(2026, 11, 1), 25), (KOLKATA, DAY, 24)],
)
def test_a_whole_day_is_as_long_as_the_day_there(zone, day, length):
    slot = whole_days(day, day, zone)
    assert slot.ends_at - slot.starts_at == dt.timedelta(hours=length)


def test_a_day_whose_midnight_is_skipped_begins_an_hour_later():
    santiago = ZoneInfo("America/Santiago")
    slot = whole_days(dt.date(2026, 9, 6), dt.date(2026, 9, 6), santiago)
    assert slot.starts_at.astimezone(santiago).isoformat() == "2026-09-06T01:00:00-03:00"


def test_half_days():
    assert half_day(DAY, NEW_YORK, afternoon=False) == Slot(utc(2026, 11, 25, 13), utc(2026, 11, 25, 17), NEW_YORK.key)
    assert half_day(DAY, NEW_YORK, afternoon=True) == Slot(utc(2026, 11, 25, 18), utc(2026, 11, 25, 22), NEW_YORK.key)


def test_moving_over_a_clock_change_keeps_the_clock():
    """10:00 in New York stays 10:00 when summer time has begun, an hour earlier in UTC."""
    winter = hours(dt.date(2027, 3, 12), TEN, dt.date(2027, 3, 12), dt.time(12), NEW_YORK)
    summer = moved_to(winter, dt.date(2027, 3, 15), NEW_YORK, afternoon=False)
    assert summer == Slot(utc(2027, 3, 15, 14), utc(2027, 3, 15, 16), NEW_YORK.key)


def test_whole_days_move_as_whole_days():
    two = whole_days(DAY, dt.date(2026, 11, 26), NEW_YORK)
    assert moved_to(two, dt.date(2027, 3, 13), NEW_YORK, afternoon=True) == whole_days(
        dt.date(2027, 3, 13), dt.date(2027, 3, 14), NEW_YORK
    )


@pytest.mark.parametrize(("afternoon", "start"), [(True, 18), (False, 15)])
def test_to_the_other_half_of_the_day_it_begins_with_it(afternoon, start):
    morning = hours(DAY, TEN, DAY, dt.time(12), NEW_YORK)
    moved = moved_to(morning, dt.date(2026, 11, 26), NEW_YORK, afternoon=afternoon)
    assert moved == Slot(utc(2026, 11, 26, start), utc(2026, 11, 26, start + 2), NEW_YORK.key)
