"""Leave and travel of the coaches in the weeks around today."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from coaching.distances import hours_between
from coaching.models import Leave, TravelDay, Visit
from coaching.times import MORNING, Slot, hours, whole_days
from leipartners.demo.maps import CITIES
from leipartners.demo.people import Ground
from leipartners.demo.places import HOLIDAYS, HOMES
from partners.lib.calendars import SATURDAY
from partners.models import Person, Site

WEEKS = range(-6, 14)  # from this one
DAY = dt.timedelta(days=1)
REST = dt.timedelta(hours=8)

type Span = tuple[dt.date, dt.date, str]
type Days = dict[int, list[Span]]


def days_off(ground: Ground) -> Days:
    """By coach: holidays where they live, a Friday with its Thursday, and some days of leave."""
    monday = ground.today - ground.today.weekday() * DAY
    off: Days = defaultdict(list)
    for coach in ground.coaches[0].values():
        first, last = monday + WEEKS[0] * 7 * DAY, monday + WEEKS[-1] * 7 * DAY
        for year in {first.year, last.year}:
            for month, day, name in HOLIDAYS.get(HOMES[coach.based_in], ()):
                on = dt.date(year, month, day)
                if first <= on <= last and on.weekday() < SATURDAY:
                    off[coach.pk].append((on, on + DAY if on.weekday() == 3 else on, name))
        begin = monday + 7 * DAY * ground.random.choice(WEEKS) + DAY * ground.random.randrange(3)
        off[coach.pk].append((begin, begin + DAY * ground.random.randrange(1, 3), ""))
    return {pk: _apart(sorted(spans)) for pk, spans in off.items()}


def is_off(off: Days, coach: Person, site: Site, first: dt.date, last: dt.date) -> bool:
    """Whether the coach is on leave on one of these days of the site, or beside them where clocks are far apart."""
    margin = DAY * (site.zone != coach.zone)
    return any(begin - margin <= last and first <= end + margin for begin, end, _ in off.get(coach.pk, ()))


def is_near(span: Span, day: dt.date) -> bool:
    """Whether the day is in the leave, or so near that clocks may differ."""
    return span[0] - DAY <= day <= span[1] + DAY


def _apart(spans: list[Span]) -> list[Span]:
    """Without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or kept[-1][1] < span[0]:
            kept.append(span)
    return kept


def write_away(ground: Ground, off: Days, visits: Iterable[Visit]) -> int:
    """Write the leave, and the way home after some visits; returns how many of both."""
    by = next(person for person in ground.lei.values() if person.is_lei_staff)
    coaches = {coach.pk: coach for coach in ground.coaches[0].values()}
    leave = [
        Leave(coach=coaches[pk], note=note, added_by=by, **vars(whole_days(first, last, coaches[pk].tzinfo)))
        for pk, spans in off.items()
        for first, last, note in spans
    ]
    travel = [_way_home(visit, by) for visit in _that_end_away(ground, off, visits)]
    Leave.objects.bulk_create(leave)
    TravelDay.objects.bulk_create(travel)
    return len(leave) + len(travel)


def _that_end_away(ground: Ground, off: Days, visits: Iterable[Visit]) -> list[Visit]:
    """Near visits far from home after which the coach has a free working day, and what the way takes beyond it."""
    near = 21 * DAY
    mine: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.coach_id in off and not visit.cancelled_at and abs(visit.starts_at.date() - ground.today) < near:
            mine[visit.coach_id].append(visit)
    chosen = []
    for visit in (visit for theirs in mine.values() for visit in theirs):
        after, home = visit.last_day + DAY, visit.site.city == visit.coach.based_in or not visit.is_on_site
        until = after + (_slot_home(visit).ends_at - visit.ends_at) // DAY * DAY
        busy = any(_is_before_rest(visit, other) for other in mine[visit.coach_id])
        away = is_off(off, visit.coach, visit.site, after, until)
        if not (busy or away or home) and after.weekday() < SATURDAY and ground.random.random() < 0.6:
            chosen.append(visit)
    return chosen


def _is_before_rest(visit: Visit, other: Visit) -> bool:
    """Whether the other one begins on the day after, or before the coach has come home and slept."""
    if other.starts_at < visit.ends_at:
        return False
    return other.first_day <= visit.last_day + DAY or other.starts_at < _slot_home(visit).ends_at + REST


def _slot_home(visit: Visit) -> Slot:
    """From eight in the morning on, half a day where it is near, else as long as the way takes."""
    north, east = CITIES[visit.coach.based_in]
    needed = hours_between(visit.site, Site(latitude=north, longitude=east)) or 0
    morning = hours(visit.last_day + DAY, MORNING[0], visit.last_day + DAY, MORNING[1], ZoneInfo(visit.zone))
    return replace(morning, ends_at=max(morning.ends_at, morning.starts_at + dt.timedelta(hours=math.ceil(needed))))


def _way_home(visit: Visit, by: Person) -> TravelDay:
    route = f"{visit.site.city} to {visit.coach.based_in}"
    return TravelDay(coach=visit.coach, visit=visit, route=route, added_by=by, **vars(_slot_home(visit)))
