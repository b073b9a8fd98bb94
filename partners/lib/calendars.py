"""Days and hours as people live them: quiet hours, weekends, moments of a local clock, and words for dates."""

import datetime as dt
from collections.abc import Iterator
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

SATURDAY = 5
FAR = dt.timedelta(days=300)
# strftime costs twenty times as much, and pages are full of dates.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class SkippedTime(ValueError):
    """The clock never shows this time on this day; the message says so to people."""


@cache
def zone_named(key: str) -> ZoneInfo:
    """Return the time zone, read from disk once: Python itself keeps only the eight last used."""
    return ZoneInfo(key)


def polite_moment(moment: dt.datetime, *, zone: ZoneInfo, quiet_from: dt.time, quiet_until: dt.time) -> dt.datetime:
    """Return the first moment at or after `moment` that is neither in a quiet hour nor on a weekend, in UTC.

    Quiet hours run from `quiet_from` to `quiet_until` on the recipient's own clock, mostly across midnight; equal
    times mean none. An hour that a clock change repeats is quiet both times; one that it skips is over with the change.
    """

    def is_polite(when: dt.datetime) -> bool:
        local = when.astimezone(zone)
        return local.weekday() < SATURDAY and not _is_quiet(local.time(), quiet_from, quiet_until)

    moment = moment.astimezone(dt.UTC)
    if is_polite(moment):
        return moment
    later = (turn for turn in _turns(moment, zone, quiet_until) if turn > moment)
    return next(turn for turn in later if is_polite(turn))


def _is_quiet(clock: dt.time, quiet_from: dt.time, quiet_until: dt.time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def _turns(moment: dt.datetime, zone: ZoneInfo, quiet_until: dt.time) -> Iterator[dt.datetime]:
    """Every moment of the coming days at which a rude time can end, earliest first: midnights, ends of quiet hours
    (both, where the hour comes twice), and changes of the clock.
    """
    first = moment.astimezone(zone).date()
    for number in range(9):  # a weekend, the days around it, and a day that a change of the clock spoils
        day = first + dt.timedelta(days=number)
        clocks = (dt.time(0), quiet_until)
        turns = {
            dt.datetime.combine(day, clock, zone).replace(fold=fold).astimezone(dt.UTC)
            for clock in clocks
            for fold in (0, 1)
        }
        yield from sorted(turns | set(clock_changes(min(turns), min(turns) + dt.timedelta(hours=25), zone)))


def clock_changes(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> Iterator[dt.datetime]:
    """Every moment after `start` and until `end` from which the zone's offset is another one, earliest first.

    Looked for day by day: no zone changes its clocks twice in one.
    """
    before = start
    while before < end:
        after = min(before + dt.timedelta(days=1), end)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield _clock_change(before, after, zone)
        before = after


def _clock_change(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The second between the two in which the zone's offset changes; found by halving."""
    old = before.astimezone(zone).utcoffset()
    while after - before > dt.timedelta(seconds=1):
        middle = before + dt.timedelta(seconds=(after - before) // dt.timedelta(seconds=2))
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == old else (before, middle)
    return after


def moment(day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the moment of a local time, in UTC.

    Where clocks go back an hour comes twice: the first of the two is meant. Where they go forward an hour is missing:
    raises SkippedTime.
    """
    local = dt.datetime.combine(day, clock, zone)
    utc = local.astimezone(dt.UTC)
    if utc.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SkippedTime(f"The clocks go forward on {day_words(day)}: {clock:%H:%M} does not exist there.")
    return utc


def zone_name(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return what people call the zone at that moment: "CET", "EST", or "Sao Paulo time" where it has only a number."""
    short = moment.astimezone(zone).tzname() or zone.key
    return short if short.isalpha() else f"{zone.key.rsplit('/', 1)[-1].replace('_', ' ')} time"


def day_near(day: dt.date, today: dt.date) -> str:
    """Return "Wed 25 Nov", with the year when it is long ago or far ahead."""
    return day_words(day, year=abs(day - today) > FAR)


@lru_cache(maxsize=4096)
def day_words(day: dt.date, *, year: bool = False) -> str:
    """Return "Wed 25 Nov", with the year when asked."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}" + (f" {day.year}" if year else "")


def clock_words(moment: dt.datetime) -> str:
    """Return "09:30", of the moment as it is given."""
    return moment.time().isoformat("minutes")


def ends_before(began: dt.date | None, ended: dt.date | None) -> bool:
    """Tell whether both days are known and the end lies before the beginning."""
    return began is not None and ended is not None and ended < began


def moment_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return "Wed 25 Nov, 10:00 EST"."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date())}, {clock_words(local)} {zone_name(moment, zone)}"
