"""The rows of a board: one per coach or partner, with marks in lanes so that none covers another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coaching.board.marks import Mark
from partners.models import Partner, Person


@dataclass(frozen=True, slots=True)
class Row:
    """One coach or one partner, and what stands beside the name."""

    of: Person | Partner
    marks: list[Mark]

    @property
    def name(self) -> str:
        return self.of.name


def rows_of(owners: Sequence[Person | Partner], marks: Iterable[Mark]) -> list[Row]:
    """Give each owner the marks of their row, in lanes."""
    found: dict[int, list[Mark]] = {owner.pk: [] for owner in owners}
    for mark in marks:
        if mark.row in found:
            found[mark.row].append(mark)
    for theirs in found.values():
        _stack(theirs)
    return [Row(owner, found[owner.pk]) for owner in owners]


def _stack(marks: list[Mark]) -> None:
    """Give each mark the first lane that is free where it stands."""
    ends: list[int] = []
    for mark in sorted(marks, key=lambda mark: (mark.column, -mark.until)):
        free = next((lane for lane, end in enumerate(ends) if end < mark.column), len(ends))
        ends[free : free + 1] = [mark.until]
        mark.lane = free + 1
