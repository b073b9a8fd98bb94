"""One coach at two places at once: found on the server, said in words beside every sign."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coaching.board.marks import Mark
from partners.lib.calendars import day_words

BRIEFLY = {"leave": "on leave", "travel": "travelling", "course": "teaching"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """`mark` is the visit that gives way: the tentative one of two, or the later."""

    words: str
    mark: Mark

    @property
    def place(self) -> str:
        """Where on the page it is found."""
        return self.mark.place


def find_conflicts(marks: Iterable[Mark], names: Mapping[int, str], now: dt.datetime) -> list[Conflict]:
    """Write into each mark what it clashes with, and return the conflicts by time; what is over is no trouble any more.

    `marks` come by their start; `names` are those of their coaches.
    """
    by_coach: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.coach_pk and mark.ends_at > now:
            by_coach.setdefault(mark.coach_pk, []).append(mark)
    found = [
        Conflict(f"{names.get(coach_pk, mark.line)}, {day_words(mark.first_day)}: {what}", mark)
        for coach_pk, theirs in by_coach.items()
        for mark, what in _clashes(theirs, now)
    ]
    return sorted(found, key=lambda conflict: conflict.mark.starts_at)


def _clashes(marks: list[Mark], now: dt.datetime) -> Iterator[tuple[Mark, str]]:
    for place, one in enumerate(marks):
        for other in marks[place + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            if (one.is_visit or other.is_visit) and min(one.ends_at, other.ends_at) > now:
                one.clashes.append(_words(other))
                other.clashes.append(_words(one))
                yield _giving_way(one, other), _briefly(one, other)
        if one.is_taken and not one.clashes:
            one.clashes.append("its coach is taken then.")
            yield one, "taken elsewhere"


def _words(other: Mark) -> str:
    """What the other is to the one that is clicked."""
    if other.is_visit:
        return f"at the same time {other.what}."
    return f"the coach is {BRIEFLY[other.kind]} then: {other.title}."


def _giving_way(one: Mark, other: Mark) -> Mark:
    visits = [mark for mark in (one, other) if mark.is_visit]
    return max(visits, key=lambda mark: (mark.is_tentative, mark.starts_at))


def _briefly(one: Mark, other: Mark) -> str:
    away = next((mark.kind for mark in (one, other) if not mark.is_visit), "")
    return BRIEFLY.get(away, "two places at once")
