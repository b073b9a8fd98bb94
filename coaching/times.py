"""From days and clocks at a site to moments, and back: whole days, half days, hours, and clock changes."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from partners.lib.calendars import moment, zone_named

MORNING = (dt.time(8), dt.time(12))
AFTERNOON = (dt.time(13), dt.time(17))
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """When a visit is: two moments in UTC, the zone of the clocks that they were read from, and whether they stand for
    whole days there.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    is_whole_days: bool = False


def whole_days(first: dt.date, last: dt.date, zone: ZoneInfo) -> Slot:
    """Return the days from `first` to `last`, both included, as they begin and end at the site.

    Where clocks skip midnight itself, the day begins at its first real moment.
    """
    begin = dt.datetime.combine(first, dt.time(), zone).astimezone(dt.UTC)
    end = dt.datetime.combine(last + ONE_DAY, dt.time(), zone).astimezone(dt.UTC)
    return Slot(begin, end, zone.key, is_whole_days=True)


def hours(first: dt.date, from_: dt.time, last: dt.date, until: dt.time, zone: ZoneInfo) -> Slot:
    """Return the time from a clock on the first day until a clock on the last; raises SkippedTime."""
    return Slot(moment(first, from_, zone), moment(last, until, zone), zone.key)


def half_day(day: dt.date, zone: ZoneInfo, *, afternoon: bool) -> Slot:
    """Return the morning or the afternoon of a day."""
    from_, until = AFTERNOON if afternoon else MORNING
    return hours(day, from_, day, until, zone)


def moved_to(slot: Slot, day: dt.date, zone: ZoneInfo, *, afternoon: bool) -> Slot:
    """Return `slot` begun on another day: as many days, the same clock in `zone` while the half of the day stays.

    From morning to afternoon it begins at 13:00, the other way round at 8:00, and lasts as long as before.
    """
    there = zone_named(slot.zone)
    start, end = (at.astimezone(there).replace(tzinfo=None) for at in (slot.starts_at, slot.ends_at))
    if slot.is_whole_days:
        return whole_days(day, day + (end.date() - start.date()) - ONE_DAY, zone)
    clock = start.time()
    if is_afternoon(clock) != afternoon:
        clock = (AFTERNOON if afternoon else MORNING)[0]
    new_end = dt.datetime.combine(day, clock) + (end - start)
    return hours(day, clock, new_end.date(), new_end.time(), zone)


def kept(slot: Slot, zone: ZoneInfo) -> Slot:
    """Return the same days and clocks in another zone.

    A clock that is skipped there is read as if the clocks had not gone forward yet; one that comes twice is the first.
    """
    there = zone_named(slot.zone)
    start, end = (at.astimezone(there).replace(tzinfo=zone) for at in (slot.starts_at, slot.ends_at))
    if slot.is_whole_days:
        return whole_days(start.date(), end.date() - ONE_DAY, zone)
    begin, finish = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    if finish <= begin:  # from the first to the second showing of an hour that comes twice, and here comes once
        finish = begin + (slot.ends_at - slot.starts_at)
    return Slot(begin, finish, zone.key)


def is_afternoon(clock: dt.time) -> bool:
    return clock >= dt.time(12)


class NoTimeLeft(ValueError):
    """It would end before it begins; the message says so to people."""


def starting(slot: Slot, day: dt.date, clock: dt.time, zone: ZoneInfo) -> Slot:
    """Return `slot` begun at this clock on another day, as long as before; of whole days, on that day."""
    if slot.is_whole_days:
        return moved_to(slot, day, zone, afternoon=False)
    end = dt.datetime.combine(day, clock) + (slot.ends_at - slot.starts_at)
    return hours(day, clock, end.date(), end.time(), zone)


def halves_from(day: dt.date, halves: int, zone: ZoneInfo, *, afternoon: bool) -> Slot:
    """Return so many half days from a morning or an afternoon on: whole days where they are whole."""
    until = afternoon + halves - 1
    last = day + until // 2 * ONE_DAY
    if not afternoon and halves % 2 == 0:
        return whole_days(day, last, zone)
    return hours(day, (AFTERNOON if afternoon else MORNING)[0], last, (AFTERNOON if until % 2 else MORNING)[1], zone)


def lasting(slot: Slot, halves: int) -> Slot:
    """Return `slot` ended with the last of so many half days, its first one included; raises NoTimeLeft."""
    zone = zone_named(slot.zone)
    start = slot.starts_at.astimezone(zone)
    if slot.is_whole_days:
        return halves_from(start.date(), halves, zone, afternoon=False)
    until = is_afternoon(start.time()) + halves - 1
    end = moment(start.date() + until // 2 * ONE_DAY, (AFTERNOON if until % 2 else MORNING)[1], zone)
    if end <= slot.starts_at:
        raise NoTimeLeft("It begins when that half day is over. Give it another length in its form.")
    return Slot(slot.starts_at, end, slot.zone)
