"""Which days a board shows: always whole weeks, so that its columns are ever the same."""

import datetime as dt
from dataclasses import dataclass

RANGES = {"week": "Week", "weeks": "2 weeks", "month": "Month", "quarter": "Quarter"}
STEPS = {"week": "A week", "weeks": "Two weeks", "month": "A month", "quarter": "A quarter"}
WEEK = dt.timedelta(weeks=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """A week, two weeks, a month or a quarter; `begins_on` is its own first day, `start` the Monday before it."""

    name: str
    begins_on: dt.date
    ends_on: dt.date

    @property
    def start(self) -> dt.date:
        return _monday(self.begins_on)

    @property
    def end(self) -> dt.date:
        """The Sunday of the last week."""
        return _monday(self.ends_on) + 6 * DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def weeks(self) -> int:
        return self.days // 7

    @property
    def is_by_week(self) -> bool:
        """Its columns are weeks: what is in them is summed up."""
        return self.name == "quarter"

    @property
    def halves(self) -> int:
        """How many columns a day has, where days have columns."""
        return 1 if self.name == "month" else 2

    @property
    def columns(self) -> int:
        return self.weeks if self.is_by_week else self.days * self.halves

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime]:
        """The moments between which things may touch these days, in whatever zone they are."""
        midnight = dt.datetime.combine(self.start, dt.time(), dt.UTC)
        return midnight - dt.timedelta(hours=14), midnight + dt.timedelta(days=self.days, hours=14)

    @property
    def earlier(self) -> dt.date:
        """A day of the range before this one."""
        return self.begins_on - (2 * WEEK if self.name == "weeks" else DAY)

    @property
    def later(self) -> dt.date:
        return self.ends_on + DAY

    @property
    def step(self) -> str:
        """Two weeks: how far the buttons beside Today go."""
        return STEPS[self.name]

    @property
    def label(self) -> str:
        """November 2026; or 23 November to 6 December."""
        if self.name == "month":
            return f"{self.begins_on:%B %Y}"
        if self.name == "quarter":
            return f"{self.begins_on:%B} to {self.ends_on:%B %Y}"
        return f"{self.begins_on.day} {self.begins_on:%B} to {self.ends_on.day} {self.ends_on:%B}"

    @property
    def short(self) -> str:
        """Nov 2026; or 23 Nov to 6 Dec."""
        if self.name == "month":
            return f"{self.begins_on:%b %Y}"
        if self.name == "quarter":
            return f"{self.begins_on:%b} to {self.ends_on:%b %Y}"
        return f"{self.begins_on.day} {self.begins_on:%b} to {self.ends_on.day} {self.ends_on:%b}"

    def __contains__(self, day: dt.date) -> bool:
        return self.begins_on <= day <= self.ends_on

    def others(self, today: dt.date) -> list[tuple[str, str, str]]:
        """Every range by name and label, and the day on which it is opened from here: today while it is in view."""
        day = today if today in self else self.begins_on
        return [(name, label, day.isoformat()) for name, label in RANGES.items()]


def range_of(name: str, day: str, today: dt.date) -> Range:
    """Return the range that ?range= and ?from= name; of two weeks and of today where they name none."""
    first = _day(day, today)
    if name == "month":
        return Range(name, first.replace(day=1), _end_of_month(first))
    if name == "quarter":
        begin = first.replace(month=first.month - (first.month - 1) % 3, day=1)
        return Range(name, begin, _end_of_month(begin.replace(month=begin.month + 2)))
    name, weeks = ("week", 1) if name == "week" else ("weeks", 2)
    return Range(name, _monday(first), _monday(first) + weeks * WEEK - DAY)


def _day(text: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) < 50 else today


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
