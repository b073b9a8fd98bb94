"""A quarter's rows: each week of a coach or partner summed up in one cell that leads to that week."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coaching.board.marks import Mark
from coaching.board.ranges import DAY, Range
from partners.lib.calendars import WEEKDAYS
from partners.models import Partner, Person

KINDS = {  # by their letters; of several on one day the first is shown
    "o": "onsite",
    "g": "gemba",
    "c": "course",
    "r": "review",
    "m": "remote",
    "t": "travel",
    "l": "leave",
    "h": "holiday",
}
LETTERS = {kind: letter for letter, kind in KINDS.items()}
NOTHING = "."
RANK = {letter: rank for rank, one in enumerate((*KINDS, NOTHING)) for letter in (one, one.upper())}


@dataclass(slots=True)
class Week:
    """One cell. `days` has a letter for each day from Monday: of what is on it, a capital when that is tentative."""

    key: str  # week-17-3
    number: int
    monday: dt.date
    days: list[str] = field(default_factory=lambda: [NOTHING] * 7)
    names: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[str]:
        """The two lines that fit."""
        return self.names if len(self.names) < 3 else [self.names[0], f"and {len(self.names) - 1} more"]

    @property
    def words(self) -> str:
        """What it says to those who listen."""
        clash = f" In conflict: {' '.join(self.clashes)}" if self.clashes else ""
        return f"{_week_of(self.monday)}. {'; '.join(self.said)}.{clash}"

    def take(self, mark: Mark) -> None:
        """Add what this mark is on the days of this week."""
        letter = LETTERS[mark.kind]
        letter = letter.upper() if mark.is_tentative else letter
        first = max((mark.first_day - self.monday).days, 0)
        last = min((mark.last_day - self.monday).days, 6)
        for day in range(first, last + 1):
            if RANK[letter] < RANK[self.days[day]]:
                self.days[day] = letter
        if (mark.is_visit or mark.kind == "course") and mark.short not in self.names:
            self.names.append(mark.short)
        tentative = ", tentative" if mark.is_tentative else ""
        self.said.append(f"{_days(self.monday, first, last)}: {mark.what}{tentative}")
        self.clashes += mark.clashes
        if mark.place == mark.key:
            mark.place = self.key


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One coach or partner, and the weeks in which something happens."""

    of: Person | Partner
    weeks: list[Week]
    keep: str  # what the links to weeks keep of this address

    @property
    def name(self) -> str:
        return self.of.name


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One row's week on the agenda."""

    row: WeekRow
    week: Week


def agenda_of_weeks(rows: Iterable[WeekRow], today: dt.date) -> list[tuple[dt.date, list[WeekEntry]]]:
    """Return the weeks in which something happens, from this one on while it is in view."""
    in_week: dict[dt.date, list[WeekEntry]] = {}
    for row in rows:
        for week in row.weeks:
            in_week.setdefault(week.monday, []).append(WeekEntry(row, week))
    ahead = {monday: entries for monday, entries in in_week.items() if monday + 6 * DAY >= today}
    return sorted((ahead or in_week).items())


def week_rows_of(view: Range, owners: Sequence[Person | Partner], marks: Iterable[Mark], keep: str) -> list[WeekRow]:
    """Sum up the marks, which come by their start, for each owner and week."""
    found: dict[int, dict[int, Week]] = {owner.pk: {} for owner in owners}
    start, weeks = view.start, view.weeks
    for mark in marks:
        theirs = found[mark.row]
        first, last = (mark.first_day - start).days // 7, (mark.last_day - start).days // 7
        for number in range(max(first, 0), min(last, weeks - 1) + 1):
            if number not in theirs:
                theirs[number] = Week(f"week-{mark.row}-{number}", number, start + 7 * number * DAY)
            theirs[number].take(mark)
    return [WeekRow(owner, [week for _, week in sorted(found[owner.pk].items())], keep) for owner in owners]


@lru_cache(maxsize=256)
def _week_of(monday: dt.date) -> str:
    return f"Week of {monday.day} {monday:%B}"


@lru_cache(maxsize=2048)
def _days(monday: dt.date, first: int, last: int) -> str:
    """Mon 23; or Mon 23 to Wed 25."""
    words = f"{WEEKDAYS[first]} {(monday + first * DAY).day}"
    return words if first == last else f"{words} to {WEEKDAYS[last]} {(monday + last * DAY).day}"
