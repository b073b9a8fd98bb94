"""The dates of a series, and what speaks against each of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coaching import words
from coaching.models import Visit
from coaching.times import Slot, moved_to
from coaching.warnings import warnings_of
from partners.lib.calendars import SkippedTime
from partners.models import Person

MOST = 26  # visits of one series: a year, every two weeks


@dataclass(frozen=True)
class Proposed:
    """One visit of a series before it is placed; `conflict` forbids it, `concerns` speak against it."""

    visit: Visit
    conflict: str
    concerns: str

    @property
    def when(self) -> str:
        return words.when(self.visit)


def dates_of(first: Slot, *, every_weeks: int, times: int) -> list[Slot]:
    """Return the slot and its repetitions on the same weekday and local clock.

    Where a clock change skips the time, that one repetition is left out.
    """
    visit = Visit(**vars(first))
    slots = [first]
    for number in range(1, times):
        day = visit.first_day + dt.timedelta(weeks=number * every_weeks)
        try:
            slots.append(moved_to(first, day, visit.tzinfo, afternoon=visit.local_start.hour >= 12))
        except SkippedTime:
            continue
    return slots


def proposed(visits: Iterable[Visit], *, reader: Person) -> list[Proposed]:
    """Look at each visit of a series as if it were alone: is the coach free, and what speaks against it?"""
    return [
        Proposed(
            visit,
            words.in_the_way(visit, reader=reader),
            " ".join(concern.words for concern in warnings_of(visit)),
        )
        for visit in visits
    ]
