"""How an offering stands in the list: its seats in words, and the one thing to do about it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from courses.models import Enrollment, Offering
from partners.lib.calendars import WEEKDAYS, day_words
from partners.models import Person

State = Enrollment.State
SOON = 7  # days before enrollment closes in which the list says so
OWN = {
    State.ASKED: "You asked",
    State.APPROVED: "You wait for a seat",
    State.OFFERED: "A seat is free for you",
    State.ENROLLED: "You have a seat",
    State.ATTENDED: "You were there",
}


@dataclass(frozen=True)
class OfferingRow:
    """One line of the list, in words: fifty of them are filled into one text."""

    offering: Offering
    days: str  # 12 to 14
    weekdays: str  # Tue to Thu
    place: str  # Boston, with Ann Lee and Ben Ito
    hours: str
    own_hours: str
    seats: str
    note: str
    verb: str
    mark: str  # of a full one


@dataclass(frozen=True)
class PublicRow:
    """One offering as everybody reads it."""

    offering: Offering
    weekdays: str  # Tue to Thu
    teachers: str  # Ann Lee, Ben Ito and Cy Oz
    seats: str
    note: str
    clock: str  # of which town the hours are


@dataclass(frozen=True)
class Month[R]:
    first: dt.date
    rows: list[R]


@dataclass(frozen=True)
class MonthOfYear:
    """What begins in one month, if anything does."""

    first: dt.date
    rows: list[Offering]
    is_now: bool


def twelve_months(year: int, offerings: Iterable[Offering], today: dt.date) -> list[MonthOfYear]:
    """The year, month by month; `offerings` are in their order."""
    found: dict[int, list[Offering]] = {}
    for offering in offerings:
        found.setdefault(offering.starts_on.month, []).append(offering)
    now = (today.year, today.month)
    return [
        MonthOfYear(dt.date(year, number, 1), found.get(number, []), (year, number) == now) for number in range(1, 13)
    ]


def months(
    offerings: Iterable[Offering], reader: Person, now: dt.datetime, *, leads: bool
) -> Iterator[Month[OfferingRow]]:
    """Group the offerings by the month in which they start, in their order."""
    for first, found in _by_month(offerings):
        yield Month(first, [row_of(offering, reader, now, leads=leads) for offering in found])


def public_months(offerings: Iterable[Offering], now: dt.datetime) -> Iterator[Month[PublicRow]]:
    """As `months`, for everybody."""
    for first, found in _by_month(offerings):
        yield Month(first, [public_row(offering, now) for offering in found])


def _by_month(offerings: Iterable[Offering]) -> Iterator[tuple[dt.date, Iterator[Offering]]]:
    return groupby(offerings, lambda offering: offering.starts_on.replace(day=1))


def public_row(offering: Offering, now: dt.datetime) -> PublicRow:
    seats = "Full, waiting list" if offering.is_full else f"{offering.left} of {offering.capacity} left"
    town = offering.zone.rsplit("/", 1)[-1].replace("_", " ")
    return PublicRow(
        offering=offering,
        weekdays=_weekdays(offering),
        teachers=_listed([person.name for person in offering.instructors.all()]),
        seats=seats,
        note=_note(offering, now),
        clock=f"By the clock of {town}" if "/" in offering.zone else "",
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def row_of(offering: Offering, reader: Person, now: dt.datetime, *, leads: bool) -> OfferingRow:
    """The offering carries the annotations of `with_state_of` and `with_teachers`."""
    own_hours = f"{offering.hours_in(reader.tzinfo)} for you" if offering.is_elsewhere(reader.tzinfo) else ""
    teachers = getattr(offering, "teachers", [])
    return OfferingRow(
        offering=offering,
        days=" to ".join(dict.fromkeys(str(day.day) for day in (offering.starts_on, offering.ends_on))),
        weekdays=_weekdays(offering),
        place=f"{offering.where}, with {_listed(teachers)}" if teachers else offering.where,
        hours=f"{offering.hours}, " if own_hours else offering.hours,
        own_hours=own_hours,
        seats=seats_in_words(offering),
        note=_note(offering, now),
        verb=_verb(offering, now, leads=leads),
        mark="full" if offering.is_full else "",
    )


def _weekdays(offering: Offering) -> str:
    return " to ".join(dict.fromkeys(WEEKDAYS[day.weekday()] for day in (offering.starts_on, offering.ends_on)))


def seats_in_words(offering: Offering) -> str:
    """3 of 14 left, or: Full, 2 waiting."""
    waiting = getattr(offering, "waiting", 0)
    if offering.is_full:
        return f"Full, {waiting} waiting" if waiting else "Full"
    held = ", some held" if offering.has_holds else ""
    return f"{offering.left} of {offering.capacity} left{held}"


def _note(offering: Offering, now: dt.datetime) -> str:
    own = getattr(offering, "own_state", None)
    if own:
        return OWN[State(own)]
    today = now.astimezone(offering.tzinfo).date()
    if not offering.is_open(now):
        return "late requests only" if offering.takes_late(now) else "enrollment is closed"
    if offering.enroll_until == today:
        return "closes today"
    if (offering.enroll_until - today).days <= SOON:
        return f"closes {day_words(offering.enroll_until)}"
    return f"only {offering.partner.name}" if offering.partner else ""


def _verb(offering: Offering, now: dt.datetime, *, leads: bool) -> str:
    if not offering.is_open(now) or (getattr(offering, "own_state", None) and not leads):
        return "Open"
    if offering.is_full:
        return "Join the list"
    return "Enroll" if leads else "Ask for a seat"
