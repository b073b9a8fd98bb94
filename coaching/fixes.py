"""A visit's conflict in words, and what would solve it: a later hour, another coach, the coach's next free time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from coaching import words
from coaching.models import Visit
from coaching.models.visits import LONGEST
from coaching.times import Slot, starting
from partners.lib.calendars import SATURDAY, SkippedTime, day_words, zone_named
from partners.models import BusyTime, Person

QUARTER = dt.timedelta(minutes=15)
HALF_HOUR = dt.timedelta(minutes=30)
DAY = dt.timedelta(days=1)
TWO_PLACES = "Two places at once"
AHEAD = 21  # days in which a free time is looked for
FORTNIGHT = dt.timedelta(days=14)

type Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Fix:
    """One move: who, on which day, from which clock of the site."""

    words: str
    coach: Person
    day: dt.date
    clock: str


class Clash(NamedTuple):
    """What else the coach has to do at the same time."""

    title: str
    words: str


def conflict_of(visit: Visit, *, reader: Person, now: dt.datetime) -> Clash | None:
    """Say what is in the way of a visit that is not over.

    A tentative one gives way to whatever takes the time; LEI's people also read of two that are tentative, and of one
    that hopes for a time which is confirmed already.
    """
    if visit.is_cancelled or visit.ends_at <= now:
        return None
    spans = (visit.starts_at, visit.ends_at)
    if visit.is_tentative:
        taken = BusyTime.objects.in_the_way_of(visit.coach_id, *spans).select_related("person")
        if busy := taken.first():
            title = TWO_PLACES if busy.kind == BusyTime.Kind.VISIT else "Not free then"
            return Clash(title, words.busy_words(busy, reader=reader, zone=visit.tzinfo))
    if not reader.is_at_lei:
        return None
    others = Visit.objects.tentative().between(*spans).filter(coach=visit.coach_id).exclude(pk=visit.pk)
    other = others.select_related("coach", "site__partner").first()
    return Clash(TWO_PLACES, f"{words.elsewhere(other)} That visit is tentative.") if other else None


def fixes_for(visit: Visit) -> list[Fix]:
    """Return what would free this visit of its conflict; a fixed number of queries. Its site and coach are loaded."""
    taken = _taken(visit)
    found = (_later(visit, taken), _other_coach(visit), _next_free(visit, taken))
    return [fix for fix in found if fix]


def _taken(visit: Visit) -> list[Span]:
    """When the coach is at something else in the weeks from the visit on, tentative or not, the first one first."""
    until = visit.ends_at + (AHEAD + 1) * DAY
    busy = BusyTime.objects.in_the_way_of(visit.coach_id, visit.starts_at, until, but=f"visit:{visit.pk}")
    visits = Visit.objects.tentative().filter(coach=visit.coach_id).between(visit.starts_at, until)
    spans = ("starts_at", "ends_at")
    return sorted([*busy.values_list(*spans), *visits.exclude(pk=visit.pk).values_list(*spans)])


def _later(visit: Visit, taken: list[Span]) -> Fix | None:
    """The first time after the other on the same day, within the site's hours; a visit of whole days has none."""
    if visit.is_whole_days or visit.first_day != visit.last_day:
        return None
    start, length = visit.starts_at, visit.ends_at - visit.starts_at
    for begins, ends in taken:
        if begins < start + length and start < ends:
            start = _rounded_up(ends)
    local, end = (moment.astimezone(visit.site.tzinfo) for moment in (start, start + length))
    if start == visit.starts_at or end.date() != visit.first_day or end.time() > visit.site.closes_at:
        return None
    return Fix(f"Start {_span_words(start - visit.starts_at)} later", visit.coach, local.date(), f"{local:%H:%M}")


def _rounded_up(moment: dt.datetime) -> dt.datetime:
    """To the next quarter of an hour."""
    over = dt.timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond) % QUARTER
    return moment + (QUARTER - over if over else dt.timedelta())


def _span_words(span: dt.timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def _other_coach(visit: Visit) -> Fix | None:
    """Who is free then: a coach of the partner, else any; of several the one with the fewest visits around it."""
    theirs = visit.site.partner.coaches.through.objects.filter(partner=visit.site.partner_id, person=OuterRef("pk"))
    near = Visit.objects.active().between(visit.starts_at - FORTNIGHT, visit.ends_at + FORTNIGHT)
    load = near.filter(coach=OuterRef("pk")).order_by().values("coach").annotate(n=Count("pk")).values("n")
    free = Person.objects.coaches().exclude(pk=visit.coach_id).exclude(Q(_placed(visit)) | Q(_busy(visit)))
    ranked = free.annotate(is_theirs=Exists(theirs), load=Coalesce(Subquery(load), 0))
    coach = ranked.order_by("-is_theirs", "load", "sort_name", "pk").first()
    if coach is None:
        return None
    clock = "" if visit.is_whole_days else f"{visit.local_start:%H:%M}"
    return Fix(f"Give to {coach.given_name}", coach, visit.first_day, clock)


def _placed(visit: Visit) -> Exists:
    return Exists(Visit.objects.active().between(visit.starts_at, visit.ends_at).filter(coach=OuterRef("pk")))


def _busy(visit: Visit) -> Exists:
    return Exists(BusyTime.objects.between(visit.starts_at, visit.ends_at).filter(person=OuterRef("pk")))


def _next_free(visit: Visit, taken: list[Span]) -> Fix | None:
    """The first working days on which the coach has as long a time free, at the same clock if that can be."""
    for slot in _candidates(visit):
        if not any(begins < slot.ends_at and slot.starts_at < ends for begins, ends in taken):
            local = slot.starts_at.astimezone(zone_named(slot.zone))
            clock = "" if visit.is_whole_days else f"{local:%H:%M}"
            words = f"{local:%a} {local.day}, {clock}" if clock else day_words(local.date())
            return Fix(words, visit.coach, local.date(), clock)
    return None


def _candidates(visit: Visit) -> Iterator[Slot]:
    zone, days = visit.site.tzinfo, visit.last_day - visit.first_day
    today = timezone.now().astimezone(zone).date()
    first = max(visit.first_day, today) + DAY
    closed = set(
        visit.site.holidays.filter(on__range=(first, first + AHEAD * DAY + LONGEST)).values_list("on", flat=True)
    )
    for day in (first + number * DAY for number in range(AHEAD)):
        through = [day + number * DAY for number in range(days.days + 1)]
        if not closed.intersection(through) and all(one.weekday() < SATURDAY for one in through):
            for clock in _clocks(visit):
                try:
                    yield starting(visit.slot, day, clock, zone)
                except SkippedTime:
                    continue


def _clocks(visit: Visit) -> list[dt.time]:
    """The clocks at which it might begin: its own first, then the half hours of the site's day, the nearest first."""
    own, length = visit.local_start, visit.local_end - visit.local_start
    if visit.is_whole_days or visit.first_day != visit.last_day:
        return [own.time()]
    begin, closes = (dt.datetime.combine(own.date(), clock) for clock in (visit.site.opens_at, visit.site.closes_at))
    steps = max(int((closes - length - begin) / HALF_HOUR) + 1, 0)
    near = sorted(
        (begin + step * HALF_HOUR for step in range(steps)), key=lambda one: abs(one - own.replace(tzinfo=None))
    )
    return [own.time(), *(one.time() for one in near)]
