"""A board, made of marks: in rows by coach or by partner, in columns of half days, days or weeks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from coaching.board.agenda import Entry, agenda_of
from coaching.board.columns import Column, columns_of
from coaching.board.conflicts import Conflict, find_conflicts
from coaching.board.marks import Mark
from coaching.board.ranges import Range
from coaching.board.rows import Row, rows_of
from coaching.board.weeks import WeekEntry, WeekRow, agenda_of_weeks, week_rows_of
from partners.models import Partner, Person


@dataclass(frozen=True, slots=True)
class Board:
    """Ready for its template."""

    view: Range
    today: dt.date
    columns: list[Column]
    rows: Sequence[Row | WeekRow]
    conflicts: list[Conflict]
    agenda: Sequence[tuple[dt.date, Sequence[Entry | WeekEntry]]]
    is_empty: bool

    @property
    def numbers(self) -> str:
        """Of its rows; it names them when it asks for news."""
        return ",".join(str(row.of.pk) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks at which days, and when; by whose clock, if not that of each place.

    `keep` is what links within the board keep of its address.
    """

    view: Range
    reader: Person
    now: dt.datetime
    zone: ZoneInfo | None = None
    keep: str = ""


def build(sight: Sight, owners: Sequence[Person] | Sequence[Partner], marks: Sequence[Mark]) -> Board:
    """Arrange the marks in the rows of their owners."""
    view, zone = sight.view, sight.zone
    today = sight.now.astimezone(sight.reader.tzinfo).date()
    for mark in marks:
        mark.see(zone)
    first, last = view.start, view.end
    within = (mark for mark in marks if mark.last_day >= first and mark.first_day <= last)
    seen = sorted(within, key=lambda mark: (mark.starts_at, mark.key))
    names = {owner.pk: owner.name for owner in owners if isinstance(owner, Person)}
    conflicts = find_conflicts(seen, names, sight.now)
    columns = columns_of(view, seen, most=len(names), today=today)
    if view.is_by_week:
        weeks = week_rows_of(view, owners, seen, sight.keep)
        return Board(view, today, columns, weeks, conflicts, agenda_of_weeks(weeks, today), is_empty=not seen)
    halves, columns_at_most = view.halves, view.columns
    for mark in seen:
        mark.stand(first, halves, columns_at_most)
        mark.speak(zone)
    agenda = agenda_of(view, seen, names, sight.reader.tzinfo, today)
    return Board(view, today, columns, rows_of(owners, seen), conflicts, agenda, is_empty=not seen)
