"""The columns of a board, days or weeks, and how many coaches are out on site in each."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coaching.board.marks import Mark
from coaching.board.ranges import DAY, Range

BAR = 60  # units of width of a full bar


@dataclass(frozen=True, slots=True)
class Column:
    """One day, or one week; a weekend is narrow."""

    css: str
    short: str
    number: str
    words: str
    iso: str
    out: int  # coaches on site; in a week, their days there
    bar: int


@dataclass(frozen=True, slots=True)
class Band:
    """What stands over several columns: a week's number, a month's name."""

    css: str
    words: str


def columns_of(view: Range, marks: Iterable[Mark], *, most: int, today: dt.date) -> list[Column]:
    """Describe each column. A bar is full when all of `most` coaches are out, or as many as on the fullest day."""
    out = _out(view, marks)
    if view.is_by_week:
        sums = [sum(map(len, out[7 * week : 7 * week + 7])) for week in range(view.weeks)]
        full = max(5 * most, *sums, 1)
        return [_week(view, number, out, BAR * out // full, today) for number, out in enumerate(sums)]
    counts = [len(coaches) for coaches in out]
    full = max(most, *counts, 1)
    return [_day(view, number, out, BAR * out // full, today) for number, out in enumerate(counts)]


def bands_of(view: Range) -> list[Band]:
    """The weeks by number over their days, the months over their weeks."""
    if not view.is_by_week:
        width = 7 * view.halves
        mondays = [view.start + 7 * week * DAY for week in range(view.weeks)]
        return [
            Band(f"s{2 + width * number} w{width}", f"Week {monday.isocalendar().week}")
            for number, monday in enumerate(mondays)
        ]
    months: dict[dt.date, int] = {}
    for week in range(view.weeks):
        thursday = view.start + (7 * week + 3) * DAY
        month = thursday.replace(day=1)
        months[month] = months.get(month, 0) + 1
    bands, column = [], 2
    for month, width in months.items():
        bands.append(Band(f"s{column} w{width}", f"{month:%B}"))
        column += width
    return bands


def _out(view: Range, marks: Iterable[Mark]) -> list[set[int]]:
    """The coaches on site, by day."""
    start, days = view.start, view.days
    out: list[set[int]] = [set() for _ in range(days)]
    for mark in marks:
        if mark.is_on_site:
            first, last = (mark.first_day - start).days, (mark.last_day - start).days
            for number in range(max(first, 0), min(last, days - 1) + 1):
                out[number].add(mark.coach_pk)
    return out


def _day(view: Range, number: int, out: int, bar: int, today: dt.date) -> Column:
    on = view.start + number * DAY
    css = f"s{view.halves * number + 2} w{view.halves}"
    css += " we" if on.weekday() > 4 else ""
    css += " today" if on == today else "" if on in view else " off"
    short = f"{on:%a}"[0] if on.weekday() > 4 or view.name == "month" else f"{on:%a}"
    return Column(css, short, str(on.day), f"{on:%A} {on.day} {on:%B}", on.isoformat(), out, bar)


def _week(view: Range, number: int, out: int, bar: int, today: dt.date) -> Column:
    on = view.start + 7 * number * DAY
    css = f"s{number + 2} w1" + (" today" if on <= today <= on + 6 * DAY else "")
    words = f"Week {on.isocalendar().week}, from {on.day} {on:%B}"
    return Column(css, f"Week {on.isocalendar().week}", f"{on.day} {on:%b}", words, on.isoformat(), out, bar)
