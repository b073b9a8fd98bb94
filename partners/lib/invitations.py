"""Events as iCalendar invitations: what every calendar program wants to read, whatever the event is about."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from partners.lib.calendars import clock_changes, zone_named

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = dt.timedelta(days=7)
EPOCH = dt.date(1970, 1, 1)


def new_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Lean Enterprise Institute//LEI Partners//EN")
    calendar.add("version", "2.0")
    return calendar


def uid_of(number: uuid.UUID) -> str:
    """Return the name under which an event is known everywhere, for ever."""
    return f"{number}@{urlsplit(settings.SITE_URL).hostname}"


def text_of(calendar: Calendar) -> bytes:
    text: bytes = calendar.to_ical()
    return text


def invitation(event: Event, *, method: str, email: str, name: str, is_agreed: bool) -> str:
    """Return the event as an invitation (REQUEST) or its withdrawal (CANCEL), addressed to one person.

    Who was invited hears of each change under the same UID with a higher SEQUENCE. The organizer is the program, never
    the recipient.
    """
    calendar = new_calendar()
    calendar.add("method", method)
    if method == "CANCEL":
        event["status"] = vText("CANCELLED")
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText("LEI Partners")
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["CN"] = vText(name)
    attendee.params["PARTSTAT"] = vText("ACCEPTED" if is_agreed else "NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    add_events(calendar, [event])
    return text_of(calendar).decode()


def add_events(calendar: Calendar, events: Iterable[Event]) -> None:
    """Add the events, and before them the zones in whose clocks they are dated."""
    events = list(events)
    years: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for moment in (event.start, event.end):
            if isinstance(moment, dt.datetime) and moment.tzinfo is not dt.UTC:
                years[str(moment.tzinfo)].add(moment.year)
    for key in sorted(years):
        calendar.add_component(_timezone(key, min(years[key]), max(years[key])))
    for event in events:
        calendar.add_component(event)


class _Change(NamedTuple):
    """What changes of a zone's clocks share when they follow one yearly rule."""

    before: dt.timedelta
    after: dt.timedelta
    name: str
    clock: dt.time
    month: int
    weekday: int


@cache
def _timezone(key: str, first_year: int, last_year: int) -> Timezone:
    """Return what a calendar program needs to know of a zone to read the clocks of these years.

    Each run of changes by one rule ("the last Sunday of March") has its first as DTSTART and the rule as RRULE; a run
    that ends has a COUNT. No RDATE, no UNTIL: programs read those an hour wrong. The year before comes along, for the
    offset with which the first begins.
    """
    zone = zone_named(key)
    start = dt.datetime(first_year - 1, 1, 1, tzinfo=dt.UTC)
    changes = list(clock_changes(start, dt.datetime(last_year + 1, 1, 2, tzinfo=dt.UTC), zone))
    known = Timezone()
    known.add("tzid", key)
    if not changes or changes[0].year >= first_year:
        offset, name = _offset(start, zone)
        always = _Change(offset, offset, name, dt.time(), 1, 3)
        known.add_component(_observance(always, EPOCH, {"COUNT": 1}))
    for change, days in _by_rule(changes, zone).items():
        for run, place in _runs(days):
            yearly = {"BYMONTH": change.month, "BYDAY": f"{place}{WEEKDAYS[change.weekday]}"} if len(run) > 1 else {}
            number = {"COUNT": len(run)} if len(run) == 1 or run[-1].year < last_year else {}
            known.add_component(_observance(change, run[0], yearly | number))
    return known


def _offset(moment: dt.datetime, zone: dt.tzinfo) -> tuple[dt.timedelta, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or dt.timedelta(), local.tzname() or ""


def _by_rule(changes: list[dt.datetime], zone: dt.tzinfo) -> dict[_Change, list[dt.date]]:
    """The days of the changes, as the clocks before the change have them, by what they share."""
    days: dict[_Change, list[dt.date]] = defaultdict(list)
    for moment in changes:
        before, _ = _offset(moment - dt.timedelta(seconds=1), zone)
        after, name = _offset(moment, zone)
        on = moment + before
        days[_Change(before, after, name, on.time(), on.month, on.weekday())].append(on.date())
    return days


def _runs(days: list[dt.date]) -> Iterator[tuple[list[dt.date], int]]:
    """Year after year on the same weekday of the month; with each run which one it is, -1 for the last."""
    run, possible = [days[0]], _places(days[0])
    for day in days[1:]:
        if day.year == run[-1].year + 1 and possible & _places(day):
            run.append(day)
            possible &= _places(day)
        else:
            yield run, min(possible)
            run, possible = [day], _places(day)
    yield run, min(possible)


def _places(day: dt.date) -> set[int]:
    """Which one of its weekday in the month the day is: 1 to 5, and -1 when it is the last."""
    return {(day.day - 1) // 7 + 1} | ({-1} if (day + WEEK).month != day.month else set())


def _observance(change: _Change, day: dt.date, rule: dict[str, Any]) -> TimezoneStandard | TimezoneDaylight:
    found = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    found.add("dtstart", dt.datetime.combine(day, change.clock))
    found.add("tzoffsetfrom", change.before)
    found.add("tzoffsetto", change.after)
    found.add("tzname", change.name)
    found.add("rrule", {"FREQ": "YEARLY"} | rule)
    return found
