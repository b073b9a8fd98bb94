"""Sentences about a visit: where it is, when it is for whom, and who is in the way."""

import datetime as dt
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone

from coaching.models import Visit, VisitSide
from coaching.models.spans import INSTANT
from partners.lib.calendars import clock_words, day_words, zone_name
from partners.models import BusyTime, Person


class Lasting(Protocol):
    """What has a time: a visit, leave, a mark on the board."""

    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def is_whole_days(self) -> bool: ...
    @property
    def tzinfo(self) -> ZoneInfo: ...
    @property
    def first_day(self) -> dt.date: ...
    @property
    def last_day(self) -> dt.date: ...


class Clock(NamedTuple):
    """When a visit is, for somebody or at some place."""

    whose: str
    words: str


def place(visit: Visit) -> str:
    """Norrick Foods, Lyon."""
    return f"{visit.site.partner.name}, {visit.site.name}"


def when(row: Lasting, zone: ZoneInfo | None = None) -> str:
    """Wed 25 Nov, 10:00 to 11:30 EST; or Mon 23 Nov to Thu 26 Nov, whole days (CET). In its own zone unless told.

    Where clocks change in between, both ends say whose they are: Sat 31 Oct, 09:00 EDT to Sun 1 Nov, 12:00 EST.
    """
    if row.is_whole_days:
        return _whole_days(row)
    zone = zone or row.tzinfo
    start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    before, after = zone_name(row.starts_at, zone), zone_name(row.ends_at, zone)
    begin = f"{_day(start.date())}, {clock_words(start)}" + (f" {before}" if before != after else "")
    until = f"{clock_words(end)} {after}"
    return f"{begin} to {until}" if start.date() == end.date() else f"{begin} to {_day(end.date())}, {until}"


def until(row: Lasting) -> str:
    """Thu 26 Nov, 17:30 CET; or the end of Thu 26 Nov (CET)."""
    there = zone_name(row.ends_at, row.tzinfo)
    if row.is_whole_days:
        return f"the end of {_day(row.last_day)} ({there})"
    end = row.ends_at.astimezone(row.tzinfo)
    return f"{_day(end.date())}, {clock_words(end)} {there}"


def elsewhere(other: Visit) -> str:
    """Judith Lund is at Norrick Foods, Lyon until Thu 26 Nov, 17:30 CET."""
    verb = "is at" if other.is_on_site else "is on screen with"
    return f"{other.coach.name} {verb} {place(other)} until {until(other)}."


def in_the_way(visit: Visit, *, reader: Person) -> str:
    """Say what else takes the coach's time then, or "". What the reader may not see has no name."""
    ours = f"{BusyTime.Kind.VISIT}:{visit.pk}"
    busy = BusyTime.objects.in_the_way_of(visit.coach_id, visit.starts_at, visit.ends_at, but=ours)
    other = busy.select_related("person").first()
    return busy_words(other, reader=reader, zone=visit.tzinfo) if other else ""


def busy_words(busy: BusyTime, *, reader: Person, zone: ZoneInfo) -> str:
    """Ken Obara travels until Wed 2 Dec, 17:00 CST: Wichita to Boston. `zone` is that of who may not see more."""
    if busy.kind == BusyTime.Kind.VISIT:
        visits = Visit.objects.visible_to(reader).select_related("coach", "site__partner")
        if visit := visits.filter(pk=busy.about).first():
            return elsewhere(visit)
    name = busy.person.name
    if not reader.is_at_lei:
        end = busy.ends_at.astimezone(zone)
        return f"{name} is elsewhere until {_day(end.date())}, {clock_words(end)} {zone_name(busy.ends_at, zone)}."
    verb = {"travel": "travels", "leave": "is on leave", "course": "teaches"}.get(busy.kind, "is elsewhere")
    return f"{name} {verb} until {until(busy)}{': ' if busy.words else ''}{busy.words}."


def state(visit: Visit) -> str:
    """The state of a visit in one sentence."""
    if visit.declined_for:
        side = visit.coach.name if visit.declined_for == VisitSide.COACH else visit.site.partner.name
        return f"Declined by {side}: {visit.cancel_reason}"
    if visit.is_cancelled:
        return f"Cancelled: {visit.cancel_reason}"
    if visit.is_confirmed:
        return "Confirmed by both sides."
    missing = [visit.coach.name] if visit.coach_confirmed_at is None else []
    missing += [visit.site.partner.name] if visit.partner_confirmed_at is None else []
    return f"Tentative: waits for {' and '.join(missing)} to confirm."


def clocks(visit: Visit, reader: Person) -> list[Clock]:
    """When it is at the site, and for coach and reader where their clocks differ from it.

    Whole days are the site's days, whatever the clocks of others.
    """
    shown = [Clock(visit.site.name, when(visit))]
    if visit.is_whole_days:
        return shown
    seen = {visit.starts_at.astimezone(visit.tzinfo).utcoffset()}
    people = [("You", reader)] if reader == visit.coach else [(visit.coach.given_name, visit.coach), ("You", reader)]
    for name, person in people:
        offset = visit.starts_at.astimezone(person.tzinfo).utcoffset()
        if offset not in seen:
            shown.append(Clock(f"{name}, {city(person.tzinfo)}", when(visit, person.tzinfo)))
            seen.add(offset)
    return shown


def city(zone: ZoneInfo) -> str:
    """New York, of America/New_York."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def _whole_days(row: Lasting) -> str:
    before, after = (zone_name(moment, row.tzinfo) for moment in (row.starts_at, row.ends_at - INSTANT))
    there = before if before == after else f"{before}, then {after}"
    if row.first_day == row.last_day:
        return f"{_day(row.first_day)}, whole day ({there})"
    return f"{_day(row.first_day)} to {_day(row.last_day)}, whole days ({there})"


def _day(day: dt.date) -> str:
    return day_words(day, year=day.year != timezone.now().year)
