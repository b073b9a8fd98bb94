"""How the days of each coach are taken, month by month: coaching, tentative, on the way, away, and what is left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coaching.finding import count_days
from coaching.models import Visit
from partners.models import BusyTime, Person

ONE_DAY = dt.timedelta(days=1)
COMMITTED = {BusyTime.Kind.VISIT, BusyTime.Kind.COURSE}


@dataclass(frozen=True)
class Month:
    """Working days of one coach in one month; widths are those of a bar of 100."""

    first: dt.date
    committed: float
    tentative: float
    travel: float
    away: float
    working: int

    @property
    def free(self) -> float:
        return max(self.working - self.committed - self.tentative - self.travel - self.away, 0)

    @property
    def words(self) -> str:
        return (
            f"{self.committed:g} committed, {self.tentative:g} tentative, {self.travel:g} on the way, "
            f"{self.away:g} away, {self.free:g} free of {self.working}"
        )

    @property
    def bars(self) -> list[tuple[str, str, str]]:
        """Class, start and width of each part."""
        parts = [
            ("committed", self.committed),
            ("tentative", self.tentative),
            ("travel", self.travel),
            ("away", self.away),
        ]
        start, bars = 0.0, []
        for css, days in parts:
            width = min(100 * days / max(self.working, 1), 100 - start)
            if width > 0:
                bars.append((css, f"{start:.1f}", f"{width:.1f}"))
            start += width
        return bars


@dataclass(frozen=True)
class Load:
    coach: Person
    months: list[Month]


def months_from(first: dt.date, count: int) -> list[tuple[dt.date, dt.date]]:
    """Return the first and the last day of so many months."""
    months = []
    for number in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        begin = dt.date(year, month + 1, 1)
        year, month = divmod(first.year * 12 + first.month + number, 12)
        months.append((begin, dt.date(year, month + 1, 1) - ONE_DAY))
    return months


def loads_of(
    coaches: Sequence[Person],
    months: Sequence[tuple[dt.date, dt.date]],
    busy: Iterable[BusyTime],
    tentative: Iterable[Visit],
) -> list[Load]:
    """Arrange what takes these coaches' time in these months; no query here."""
    rows: dict[tuple[int, str], list[BusyTime | Visit]] = defaultdict(list)
    for row in busy:
        rows[row.person_id, "committed" if row.kind in COMMITTED else row.kind].append(row)
    for visit in tentative:
        rows[visit.coach_id, "tentative"].append(visit)

    def month_of(coach: Person, first: dt.date, last: dt.date) -> Month:
        def days(what: str) -> float:
            return count_days(rows.get((coach.pk, what), []), first, last)

        working = sum((first + number * ONE_DAY).weekday() < 5 for number in range((last - first).days + 1))
        return Month(first, days("committed"), days("tentative"), days("travel"), days("leave"), working)

    return [Load(coach, [month_of(coach, *month) for month in months]) for coach in coaches]
