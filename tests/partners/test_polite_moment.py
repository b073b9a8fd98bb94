"""When a mail may reach somebody: never in their quiet hours, never on a weekend, in their own zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.lib.calendars import polite_moment

NIGHT = {"quiet_from": dt.time(18), "quiet_until": dt.time(7)}
# Both hemispheres, half and quarter hours, a half-hour change (Lord Howe), changes at midnight, and a skipped Friday.
ZONES = (
    *("America/New_York", "Europe/Copenhagen", "America/Sao_Paulo", "Australia/Sydney", "Australia/Lord_Howe"),
    *("Asia/Kolkata", "Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo", "America/Santiago", "Pacific/Apia", "UTC"),
)
START = dt.datetime(2011, 1, 1, tzinfo=dt.UTC)
moments = st.timedeltas(dt.timedelta(0), dt.timedelta(days=7000)).map(lambda after: START + after)
clocks = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


def is_rude(moment: dt.datetime, zone: ZoneInfo, quiet_from: dt.time, quiet_until: dt.time) -> bool:
    """The rule written once more, by minutes since midnight."""
    local = moment.astimezone(zone)
    clock, start, end = (t.hour * 60 + t.minute for t in (local.time(), quiet_from, quiet_until))
    return local.weekday() > 4 or (clock - start) % 1440 < (end - start) % 1440


def near_a_change(zone: ZoneInfo) -> list[dt.datetime]:
    """Hours just before the clock of the zone changes, over the years."""
    days = (START + dt.timedelta(days=n) for n in range(6000))
    return [
        d for d in days if d.astimezone(zone).utcoffset() != (d + dt.timedelta(days=1)).astimezone(zone).utcoffset()
    ]


CHANGES = {zone: near_a_change(ZoneInfo(zone)) for zone in ZONES}
around_changes = st.builds(
    lambda change, minutes: change + dt.timedelta(minutes=minutes),
    st.sampled_from([change for changes in CHANGES.values() for change in changes]),
    st.integers(-3 * 1440, 2 * 1440),
)


@settings(max_examples=200, deadline=None)
@given(moments | around_changes, st.sampled_from(ZONES), clocks, clocks)
def test_it_is_the_first_moment_that_is_not_rude(moment, name, quiet_from, quiet_until):
    zone = ZoneInfo(name)
    found = polite_moment(moment, zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    assert found >= moment
    assert not is_rude(found, zone, quiet_from, quiet_until)
    skipped = int((found - moment).total_seconds() // 300)
    for step in range(skipped):
        assert is_rude(moment + dt.timedelta(minutes=5 * step), zone, quiet_from, quiet_until)
    if found > moment:
        assert is_rude(found - dt.timedelta(microseconds=1), zone, quiet_from, quiet_until)


@settings(max_examples=100, deadline=None)
@given(moments | around_changes, st.sampled_from(ZONES))
def test_a_polite_moment_stays_as_it_is(moment, name):
    found = polite_moment(moment, zone=ZoneInfo(name), **NIGHT)
    assert polite_moment(found, zone=ZoneInfo(name), **NIGHT) == found


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("America/New_York", "2026-11-25T09:00", "2026-11-25T09:00"),  # by day: at once
        ("America/New_York", "2026-11-25T18:00", "2026-11-26T07:00"),  # in the evening: the next morning
        ("America/New_York", "2026-11-27T19:30", "2026-11-30T07:00"),  # Friday evening: Monday
        ("America/New_York", "2026-03-07T12:00", "2026-03-09T07:00"),  # over the weekend on which clocks go forward
        ("America/New_York", "2026-10-31T12:00", "2026-11-02T07:00"),  # and back
        ("Australia/Sydney", "2026-10-02T20:00", "2026-10-05T07:00"),  # south of the equator they go forward in October
        ("Australia/Sydney", "2026-04-03T20:00", "2026-04-06T07:00"),
        ("Asia/Kolkata", "2026-11-25T06:45", "2026-11-25T07:00"),
        ("Asia/Kathmandu", "2026-11-25T23:59", "2026-11-26T07:00"),
    ],
)
def test_in_the_words_of_a_calendar(zone, at, expected):
    local = ZoneInfo(zone)
    found = polite_moment(dt.datetime.fromisoformat(at).replace(tzinfo=local), zone=local, **NIGHT)
    assert found.astimezone(local).replace(tzinfo=None).isoformat(timespec="minutes") == expected


def test_equal_times_mean_no_quiet_hours():
    night = dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)
    assert polite_moment(night, zone=ZoneInfo("UTC"), quiet_from=dt.time(9), quiet_until=dt.time(9)) == night
