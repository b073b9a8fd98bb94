"""What a run chart shows: points in order, the median and what it counts, what was changed when."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from a3.figures.kinds import Number, Parsed
from a3.figures.numerals import median, with_unit, written
from a3.figures.parsing import day
from a3.figures.scales import short


@dataclass(frozen=True)
class Spot:
    """One row: where it stands, what it says, what was measured, what changed then."""

    at: float
    label: str
    value: Number | None
    change: str | None


@dataclass(frozen=True)
class Series:
    """Everything one run chart shows."""

    spots: tuple[Spot, ...]
    dated: bool
    unit: str | None
    goal: Number | None
    baseline: tuple[Spot, ...]

    @cached_property
    def measured(self) -> list[tuple[Spot, Number]]:
        return [(spot, spot.value) for spot in self.spots if spot.value is not None]

    @cached_property
    def changes(self) -> list[tuple[Spot, str]]:
        return [(spot, spot.change) for spot in self.spots if spot.change]

    @cached_property
    def numbers(self) -> list[Number]:
        return [value for _, value in self.measured]

    @cached_property
    def middle(self) -> Decimal | None:
        values = [spot.value.value for spot in self.baseline if spot.value]
        return median(values) if values else None

    def say(self, value: Decimal) -> str:
        return with_unit(written(value, self.numbers, more=1), self.unit)

    def words(self) -> str:
        """Say what the chart shows."""
        if not self.measured:
            return "No value yet."
        first, last = self.measured[0][0], self.measured[-1][0]
        count = len(self.measured)
        parts = [f"{count} points, {first.label} to {last.label}." if count > 1 else f"One point, {first.label}."]
        middle = self.middle
        if middle is not None:
            until = f" up to {self.baseline[-1].label}" if len(self.baseline) < len(self.spots) else ""
            parts.append(f"Median {self.say(middle)}{until}.")
        parts += [f"{change} from {spot.label}." for spot, change in self.changes]
        parts.append(f"Last value {with_unit(self.numbers[-1].text, self.unit)}.")
        if self.goal:
            parts.append(f"Goal {with_unit(self.goal.text, self.unit)}.")
        return " ".join(parts)


def series_of(parsed: Parsed) -> Series:
    """Return the points of a chart in order, and which of them the median counts."""
    days = [day(row["when"]) for row in parsed.rows]
    dated = bool(days) and all(days)
    years = {found.year for found in days if found}
    spots = []
    for index, (row, found) in enumerate(zip(parsed.rows, days, strict=True)):
        at, label = float(index), row["when"]
        if dated and found:
            at, label = float(found.toordinal()), short(found, year=len(years) > 1)
        spots.append(Spot(at, label, row["value"], row["change"]))
    spots.sort(key=lambda spot: spot.at)
    options = parsed.options
    until = _baseline_end(spots, options, dated=dated)
    baseline = () if options["median"] in {None, "none"} else tuple(spot for spot in spots if spot.at <= until)
    return Series(tuple(spots), dated, options["unit"], options["goal"], baseline)


def _baseline_end(spots: list[Spot], options: Mapping[str, Any], *, dated: bool) -> float:
    """Return the last moment that the median counts."""
    named = options["baseline_until"]
    found = day(named) if named and dated else None
    if found:
        return float(found.toordinal())
    for spot in spots:
        if named and spot.label == named:
            return spot.at
    changes = [spot.at for spot in spots if spot.change]
    if options["median"] == "before" and changes:
        return min(changes) - 1e-6
    return float("inf")
