"""The dates of a series, and what speaks against each of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from coaching import words
from coaching.models import Visit
from coaching.times import Slot, moved_to
from coaching.warnings import warnings_of
from partners.lib.calendars import SkippedTime, day_words
from partners.models import Person

MOST = 26  # visits of one series: a year, every two weeks


class Dated(NamedTuple):
    """One date of a series; without a slot where the clock of the site never shows its time on that day."""

    day: dt.date
    slot: Slot | None
    skipped: str = ""  # says so


@dataclass(frozen=True)
class Proposed:
    """One visit of a series before it is placed; `conflict` forbids it, `concerns` speak against it."""

    when: str
    visit: Visit | None
    conflict: str
    concerns: str = ""


def dates_of(first: Slot, *, every_weeks: int, times: int) -> list[Dated]:
    """Return the slot and its repetitions on the same weekday and local clock."""
    visit = Visit(**vars(first))
    dates = [Dated(visit.first_day, first)]
    for number in range(1, times):
        day = visit.first_day + dt.timedelta(weeks=number * every_weeks)
        try:
            slot = moved_to(first, day, visit.tzinfo, afternoon=visit.local_start.hour >= 12)
        except SkippedTime as skipped:
            dates.append(Dated(day, None, str(skipped)))
        else:
            dates.append(Dated(day, slot))
    return dates


def proposed(dates: Iterable[Dated], *, reader: Person, **fields: Any) -> list[Proposed]:
    """Look at each date as if it were alone: does its time exist, and is the coach free?"""
    rows = []
    for date in dates:
        if date.slot is None:
            rows.append(Proposed(day_words(date.day, year=True), None, date.skipped))
        else:
            visit = Visit(**vars(date.slot), **fields)
            rows.append(Proposed(words.when(visit), visit, words.in_the_way(visit, reader=reader)))
    return rows


def weighed(rows: Iterable[Proposed]) -> list[Proposed]:
    """The same with what speaks against each that could be placed: many queries, for who is to read it."""
    return [
        replace(row, concerns=" ".join(concern.words for concern in warnings_of(row.visit)))
        if row.visit and not row.conflict
        else row
        for row in rows
    ]
