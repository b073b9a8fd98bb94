"""The agenda: what is dated for one person, day by day, in the reader's own time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from zoneinfo import ZoneInfo

from coaching.models import Kind, Visit
from courses.models import Enrollment
from partners.lib.calendars import day_words, zone_name
from partners.models import Person

NIGHT = dt.timedelta(hours=12)
ICONS = {
    Kind.ONSITE: ("onsite", "map-pin"),
    Kind.GEMBA: ("gemba", "footprints"),
    Kind.REVIEW: ("remote", "message-square"),
    Kind.REMOTE: ("remote", "video"),
}
SEATS = {
    Enrollment.State.ASKED: "Asked, not yet approved",
    Enrollment.State.APPROVED: "Waiting for a seat",
    Enrollment.State.OFFERED: "A seat is free for you: take it, or give it to the next",
    Enrollment.State.ENROLLED: "You have a seat",
    Enrollment.State.ATTENDED: "You were there",
}


@dataclass(frozen=True)
class Entry:
    """One thing on the agenda. Days are the reader's, or the site's when it takes whole days."""

    first_day: dt.date
    last_day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_whole_days: bool
    kind: str
    icon: str
    title: str
    line: str
    url: str
    hours: str  # in the reader's zone, such as "10:00 to 11:30"; "" for whole days
    there: str = ""  # the same in the place's own zone, where that differs
    is_tentative: bool = False

    @property
    def order(self) -> tuple[dt.date, bool, dt.datetime]:
        return self.first_day, not self.is_whole_days, self.starts_at

    @property
    def is_long(self) -> bool:
        """It takes several days, and does not merely end after midnight."""
        return self.last_day > self.first_day and (self.is_whole_days or self.ends_at - self.starts_at > NIGHT)

    @property
    def until(self) -> str:
        """What the short list says of its time."""
        return f"to {day_words(self.last_day)}" if self.is_long else self.hours or "all day"


@dataclass(frozen=True)
class Today:
    """An entry on today's list, and where it stands as the day goes on."""

    entry: Entry
    day: dt.date
    is_past: bool
    is_next: bool = False

    @property
    def when(self) -> str:
        if not self.entry.is_long:
            return self.entry.hours or "all day"
        days = (self.entry.last_day - self.entry.first_day).days + 1
        return f"day {(self.day - self.entry.first_day).days + 1} of {days}"


@dataclass(frozen=True)
class Day:
    date: dt.date
    entries: list[Entry]
    begins_a_week: bool


@dataclass(frozen=True)
class Agenda:
    """Today, the rest of this week and the next, and the first thing after that if there is nothing sooner."""

    today: list[Today]
    days: list[Day] = field(default_factory=list)
    beyond: Entry | None = None


def agenda_of(person: Person, visits: Iterable[Visit], enrollments: Iterable[Enrollment], now: dt.datetime) -> Agenda:
    """Lay out what this person takes part in from today on."""
    zone = person.tzinfo
    today = now.astimezone(zone).date()
    sunday = today + dt.timedelta(days=13 - today.weekday())
    entries = [of_visit(visit, person, zone) for visit in visits]
    entries += [of_enrollment(enrollment, zone) for enrollment in enrollments]
    entries.sort(key=lambda entry: entry.order)
    soon = [entry for entry in entries if today < entry.first_day <= sunday]
    later = [entry for entry in entries if entry.first_day > sunday]
    return Agenda(_today(entries, today, now), _days(soon, today), later[0] if later and not soon else None)


def _today(entries: list[Entry], today: dt.date, now: dt.datetime) -> list[Today]:
    """Today's entries; the first timed one that is not over is the next."""
    found = [entry for entry in entries if entry.first_day <= today <= entry.last_day]
    found.sort(key=lambda entry: (not entry.is_whole_days, entry.starts_at))
    coming = next((entry for entry in found if entry.hours and entry.ends_at > now), None)
    return [Today(entry, today, is_past=entry.ends_at <= now, is_next=entry is coming) for entry in found]


def _days(entries: list[Entry], today: dt.date) -> list[Day]:
    week = today.isocalendar().week
    days = []
    for date, on_it in groupby(entries, key=lambda entry: entry.first_day):
        days.append(Day(date, list(on_it), begins_a_week=date.isocalendar().week != week))
        week = date.isocalendar().week
    return days


def of_visit(visit: Visit, person: Person, zone: ZoneInfo) -> Entry:
    """The visit as the one who looks knows it: a coach reads the partner, the partner the coach."""
    kind, icon = ICONS[Kind(visit.kind)]
    with_whom = visit.site.partner.name if visit.coach_id == person.pk else f"With {visit.coach.name}"
    purpose = visit.purpose.strip().splitlines()[0] if visit.purpose.strip() else ""
    start, end = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    return Entry(
        first_day=visit.first_day if visit.is_whole_days else start.date(),
        last_day=visit.last_day if visit.is_whole_days else end.date(),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        is_whole_days=visit.is_whole_days,
        kind=kind,
        icon=icon,
        title=f"{visit.get_kind_display()}, {visit.site.name}",
        line=f"{with_whom}. {purpose}" if purpose else with_whom,
        url=visit.get_absolute_url(),
        hours="" if visit.is_whole_days else _hours(start, end),
        there="" if visit.is_whole_days else _there(visit.starts_at, visit.ends_at, visit.tzinfo, zone),
        is_tentative=visit.is_tentative,
    )


def of_enrollment(enrollment: Enrollment, zone: ZoneInfo) -> Entry:
    """The course as a person who goes there knows it."""
    offering = enrollment.offering
    return Entry(
        first_day=offering.starts_at.astimezone(zone).date(),
        last_day=offering.ends_at.astimezone(zone).date(),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        is_whole_days=False,
        kind="shop",
        icon="graduation-cap",
        title=offering.course.name,
        line=f"{offering.where}. {SEATS.get(enrollment.State(enrollment.state), '')}",
        url=offering.get_absolute_url(),
        hours=offering.hours_in(zone),
        there=f"{offering.hours} there" if offering.is_elsewhere(zone) else "",
        is_tentative=not enrollment.has_seat,
    )


def _hours(start: dt.datetime, end: dt.datetime) -> str:
    return f"{start:%H:%M} to {end:%H:%M}"


def _there(starts_at: dt.datetime, ends_at: dt.datetime, place: ZoneInfo, zone: ZoneInfo) -> str:
    """The hours on the clock of the place, named, if it shows another time than the reader's."""
    start, end = starts_at.astimezone(place), ends_at.astimezone(place)
    if start.utcoffset() == starts_at.astimezone(zone).utcoffset():
        return ""
    return f"{_hours(start, end)} {zone_name(starts_at, place)} there"
