"""Which coaches could go to a site in some days, the best fit first, and why: no query here, all is given.

Fit comes first (language, then experience, then the purpose: what it asks for, and who went for the like), then
whether the coach knows the partner, then how near they are in those days, then how much of the month is taken. Each is
said in words; there is no score.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from coaching import words
from coaching.distances import distance
from coaching.models import CoachProfile, Visit
from coaching.models.profiles import EXPERIENCE
from coaching.times import whole_days
from partners.lib.calendars import day_words
from partners.models import BusyTime, Person, Site

LANGUAGES = dict(settings.LANGUAGES)
FIELDS = dict(EXPERIENCE)
NEAR = 300.0  # km
AROUND = dt.timedelta(days=3)  # a visit so near in time may share the way
LONGEST = 90  # letters of a purpose
STARTS = 3  # first days that are offered
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """What is looked for: `days` whole working days in a row between two days at a site, none of them `closed`."""

    site: Site
    first: dt.date
    last: dt.date
    days: int
    language: str = ""
    experience: str = ""
    purpose: str = ""
    closed: frozenset[dt.date] = frozenset()


@dataclass
class Known:
    """What is known of one coach: what takes their time, where they have been at this partner, their visits near."""

    coach: Person
    profile: CoachProfile | None = None
    busy: list[BusyTime] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)  # tentative ones too: whoever is free has neither
    visits_here: int = 0
    like_it: list[Visit] = field(default_factory=list)  # for something like the purpose, the likest first
    brings: list[str] = field(default_factory=list)  # of their experience, what the purpose asks for
    is_theirs: bool = False  # among the partner's coaches
    days_taken: float = 0.0  # in the month of the first day

    @property
    def languages(self) -> list[str]:
        return self.profile.languages if self.profile else ["en"]

    @property
    def days_a_month(self) -> int:
        return self.profile.days_a_month if self.profile else 10


@dataclass(frozen=True)
class Found:
    """A coach who could go, on which days, and what speaks for and against it."""

    coach: Person
    starts: list[dt.date]
    reasons: list[str]
    rank: tuple[float, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each first day as its address wants it and in words."""
        return [(day.isoformat(), day_words(day)) for day in self.starts]


def find(wish: Wish, known: Iterable[Known]) -> list[Found]:
    """Return who is free for it, best first."""
    found = [_look_at(wish, one) for one in known]
    return sorted((one for one in found if one), key=lambda one: (one.rank, one.coach.sort_name))


def _look_at(wish: Wish, one: Known) -> Found | None:
    starts = _free_starts(wish, one)
    if not starts:
        return None
    fit = [_language(wish, one), _experience(wish, one), _purpose(one)]
    judged = [*fit, _history(one), _nearness(wish, one, starts[0]), _load(one)]
    return Found(one.coach, starts, [said for _, said in judged if said], tuple(rank for rank, _ in judged))


def _free_starts(wish: Wish, one: Known) -> list[dt.date]:
    """The first few days on which so many working days in a row begin and nothing is in the way.

    Days are those of the site: what the coach does in another zone may reach into two of them.
    """
    rows: list[BusyTime | Visit] = [*one.busy, *one.visits]
    spans = [(row.starts_at, row.ends_at) for row in rows]
    starts: list[dt.date] = []
    day = wish.first
    while day + (wish.days - 1) * ONE_DAY <= wish.last and len(starts) < STARTS:
        wanted = [day + number * ONE_DAY for number in range(wish.days)]
        if all(other.weekday() < 5 and other not in wish.closed for other in wanted):
            slot = whole_days(wanted[0], wanted[-1], wish.site.tzinfo)
            if not any(begins < slot.ends_at and slot.starts_at < ends for begins, ends in spans):
                starts.append(day)
        day += ONE_DAY
    return starts


def _days_of(row: BusyTime | Visit) -> Iterable[dt.date]:
    return (row.first_day + number * ONE_DAY for number in range((row.last_day - row.first_day).days + 1))


type Judged = tuple[float, str]


def _language(wish: Wish, one: Known) -> Judged:
    if not wish.language:
        return 0, ""
    speaks, name = wish.language in one.languages, LANGUAGES[wish.language]
    return (0, f"Speaks {name}.") if speaks else (1, f"Does not speak {name}.")


def _experience(wish: Wish, one: Known) -> Judged:
    if not wish.experience:
        return 0, ""
    has = bool(one.profile and wish.experience in one.profile.experience)
    return (0, f"Experience: {FIELDS[wish.experience]}.") if has else (1, "")


def _purpose(one: Known) -> Judged:
    """Experience that it asks for weighs as much as one visit for the like; more than three weigh as three."""
    said = [f"Brings what it is about: {', '.join(FIELDS[name] for name in one.brings)}."] if one.brings else []
    if one.like_it:
        best, times = one.like_it[0], len(one.like_it)
        often = {1: "once", 2: "twice"}.get(times, f"{times} times")
        purpose = best.purpose if len(best.purpose) <= LONGEST else f"{best.purpose[: LONGEST - 1].rstrip()}…"
        where = f"{words.place(best)}, {day_words(best.first_day, year=True)}"
        said.append(f"Went for something like it {often} in two years: “{purpose}” ({where}).")
    return -(bool(one.brings) + min(len(one.like_it), 3)), " ".join(said)


def _history(one: Known) -> Judged:
    seen = f"{one.visits_here} visit{'' if one.visits_here == 1 else 's'} at this partner in two years."
    if one.is_theirs:
        return 0, f"One of the partner's coaches. {seen if one.visits_here else ''}".strip()
    return (1, seen) if one.visits_here else (2, "Would be new at this partner.")


def _nearness(wish: Wish, one: Known, start: dt.date) -> Judged:
    """Is the coach near in those days, or at least at home near the site?"""
    end = start + (wish.days - 1) * ONE_DAY
    for visit in one.visits:
        if visit.is_on_site and start - AROUND <= visit.last_day and visit.first_day <= end + AROUND:
            km = distance(visit.site, wish.site)
            if km is not None and km <= NEAR:
                away = f"{km:.0f} km away" if km >= 1 else "in the same town"
                return 0, f"Is near on {words.when(visit)}: {visit.site}, {away}."
    if one.profile and one.profile.latitude is not None:
        home = Site(latitude=one.profile.latitude, longitude=one.profile.longitude)
        km = distance(home, wish.site)
        if km is not None:
            return 1 + km / 20_000, f"Lives {km:.0f} km away."
    return 2, ""


def _load(one: Known) -> Judged:
    share = one.days_taken / max(one.days_a_month, 1)
    return share, f"{one.days_taken:g} of {one.days_a_month} coaching days taken that month."


def count_days(rows: Sequence[BusyTime | Visit], first: dt.date, last: dt.date) -> float:
    """Return how many working days between two days these rows take, halves counted by local noon."""
    return sum(_share(row, day) for row in rows for day in _days_of(row) if first <= day <= last and day.weekday() < 5)


def _share(row: BusyTime | Visit, day: dt.date) -> float:
    """Half a day up to four hours of it, else a whole one."""
    midnight = dt.datetime.combine(day, dt.time(), row.tzinfo)
    start, end = max(row.starts_at, midnight), min(row.ends_at, midnight + ONE_DAY)
    return 0.5 if end - start <= dt.timedelta(hours=4) else 1.0
