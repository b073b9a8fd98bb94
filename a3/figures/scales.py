"""Axes: round ticks in steps of 1, 2 or 5, and dates by day, week, month, quarter or year, whichever leaves room."""

import datetime as dt
import math
from dataclasses import dataclass

STEPS = (1, 2, 5, 10)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers and where its ticks stand."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def share(self, value: float) -> float:
        """Return where `value` stands between the ends: 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def label(self, tick: float) -> str:
        """Return a tick in words: as many decimals as the step needs, thousands and more shortened."""
        if not tick and self.step >= 1:
            return "0"
        size = max(abs(self.low), abs(self.high))
        for limit, divisor, sign in ((1e12, 1e12, "T"), (1e9, 1e9, "bn"), (1e6, 1e6, "m"), (1e4, 1e3, "k")):
            if size >= limit:
                return f"{round(tick / divisor, 6):g}{sign}".replace("-", "−")
        if size < 1e-4:
            return f"{tick:.0e}".replace("-", "−") if tick else "0"
        decimals = max(0, -math.floor(math.log10(self.step) + 1e-9))
        return f"{tick:.{decimals}f}".replace("-", "−")


def axis(values: list[float], *, most: int = 4, from_zero: bool = False) -> Axis:
    """Return an axis that holds all values, with about `most` steps; it starts at zero unless that flattens them."""
    low, high = min(values), max(values)
    if from_zero or 0 <= low <= 0.7 * high or low == high:
        low = min(low, 0)
    if 0.7 * low <= high <= 0 or (from_zero and high < 0):
        high = 0
    if low == high:
        high = low + 1
    step = round_step((high - low) / most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(number * step, 12) if step > 1e-9 else number * step for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, step)


def round_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below `least`."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def short(day: dt.date, *, year: bool = False) -> str:
    """Return "23 Nov" or "23 Nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


def date_ticks(first: dt.date, last: dt.date, *, most: int) -> list[tuple[dt.date, str]]:
    """Return days between two dates with their labels: at most `most`, by day, week, month or year."""
    days = (last - first).days
    for every in (1, 2, 7, 14):
        if days // every < most:
            start = first if every < 7 else first + dt.timedelta(-first.weekday() % 7)
            return _labelled([day for n in range(most + 1) if (day := _later(start, n * every)) and day <= last])
    for months in DAYS_OF_MONTHS:
        ticks = _months(first, last, months, most)
        if len(ticks) <= most:
            return ticks
    return [(first, str(first.year))]


def _later(day: dt.date, days: int) -> dt.date | None:
    return day + dt.timedelta(days) if (dt.date.max - day).days >= days else None


def _labelled(days: list[dt.date]) -> list[tuple[dt.date, str]]:
    """The month is named at the first tick of each."""
    return [
        (day, short(day) if number == 0 or day.month != days[number - 1].month else str(day.day))
        for number, day in enumerate(days)
    ]


def _months(first: dt.date, last: dt.date, every: int, most: int) -> list[tuple[dt.date, str]]:
    """Firsts of months (or years), each so many months after the other."""
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    start += -start % every
    ticks: list[tuple[dt.date, str]] = []
    for count in range(start, last.year * 12 + last.month, every):
        year, month = divmod(count, 12)
        if year > 9999 or len(ticks) > most:
            break
        name = MONTHS[month] if month or first.year == last.year else str(year)
        ticks.append((dt.date(year, month + 1, 1), name))
    return ticks or [(first, short(first, year=True))]
