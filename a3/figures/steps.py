"""Steps and checks of a plan, where each stands today, and the calendar that they stand on."""

import datetime as dt
from dataclasses import dataclass

from a3.figures.kinds import Parsed, Row
from a3.figures.scales import short

WIDE, RIGHT = 640, 4
MARGIN = dt.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One row of the plan on the calendar; a row without a date has none."""

    what: str
    who: str
    check: bool
    starts: dt.date | None
    until: dt.date | None
    begun_on: dt.date | None
    done_on: dt.date | None

    def state(self, today: dt.date) -> str:
        """Return done, late, half (under way) or open."""
        if self.done_on:
            return "done"
        if self.until and self.until < today:
            return "late"
        begun = self.begun_on or (None if self.check else self.starts)
        return "half" if begun and begun <= today else "open"

    def words(self, today: dt.date) -> str:
        """Say where it stands: "done 18 Oct", "late, was due 3 Nov", "until 29 Nov", "from 30 Nov"."""
        match self.state(today):
            case "done":
                return f"done {_short(self.done_on, today)}"
            case "late":
                return f"late, was due {_short(self.until, today)}"
            case "half" if self.until:
                return f"until {_short(self.until, today)}"
        if self.check and self.until:
            return f"due {_short(self.until, today)}"
        return f"from {_short(self.starts, today)}" if self.starts else "no date yet"

    def actual(self, today: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
        """Return from when to when it was really worked on, None when it has not begun."""
        begun = self.begun_on or (self.starts if self.done_on else None) or self.done_on
        ended = self.done_on or min(today, last)
        if begun is None:
            return None
        return (begun, ended) if begun <= ended else (ended, ended) if self.done_on else None

    @property
    def days(self) -> list[dt.date]:
        return [day for day in (self.starts, self.until, self.begun_on, self.done_on) if day]


@dataclass(frozen=True)
class Calendar:
    """Where days stand on the canvas."""

    left: float
    right: float
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        """Return where `day` begins."""
        days = (self.last - self.first).days + 1
        return self.left + (self.right - self.left) * min(max((day - self.first).days / days, 0), 1)

    def end(self, day: dt.date) -> float:
        """Return where `day` ends."""
        return self.x(day + MARGIN) if day < dt.date.max else self.right

    def middle(self, day: dt.date) -> float:
        """Return where noon of `day` is."""
        return (self.x(day) + self.end(day)) / 2

    def pill(self, today: dt.date) -> float:
        """Return where the word "today" stands; far away when today is not on this calendar."""
        return min(self.middle(today), WIDE - 20) if self.first <= today <= self.last else -WIDE


def steps_of(parsed: Parsed) -> list[Step]:
    """Return the rows of a plan."""
    return [_step(row) for row in parsed.rows]


def _step(row: Row) -> Step:
    """A check has one day: the last one given."""
    is_check = row["kind"] == "check"
    starts, until = row["from"], row["until"]
    if is_check:
        starts = until = until or starts
    who = row["who"].name if row["who"] else ""
    return Step(row["what"], who, is_check, starts, until, row["begun_on"], row["done_on"])


def _short(day: dt.date | None, today: dt.date) -> str:
    return short(day, year=abs((day - today).days) > 300) if day else ""


def calendar_of(days: list[dt.date], today: dt.date, left: float) -> Calendar:
    """Return a calendar from the first day to the last; today is in view when it is near."""
    first, last = min(days), max(days)
    span = max((last - first).days, 6)
    if abs((today - first).days) <= span and abs((today - last).days) <= span:
        first, last = min(first, today), max(last, today)
    if (last - first).days < 6:
        last = dt.date.fromordinal(min(first.toordinal() + 6, dt.date.max.toordinal()))
    return Calendar(left, WIDE - RIGHT, first, last)
