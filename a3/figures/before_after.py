"""Before and after: two bars for each measure, and the difference in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from a3.figures import listing
from a3.figures.charts import charted
from a3.figures.fitting import shortened, width
from a3.figures.kinds import SIZE, UNIT, Asked, Column, Drawn, Kind, Number, Parsed, Row, Table
from a3.figures.measures import BETTER
from a3.figures.numerals import percent, with_unit, written
from a3.figures.svg import Canvas, Pen, Type, fill

KIND = Kind(
    "before_after",
    "Before and after",
    "What became of each measure: before, after, and the difference.",
    columns=(
        Column("what", "Measure", required=True, most=60),
        Column("before", "Before", "number", required=True),
        Column("after", "After", "number", required=True),
        UNIT,
        Column("better", BETTER.label, "choice", choices=BETTER.choices, help="Says whether the difference is good"),
    ),
    options=(
        Column("before", "Name of before", most=20, help="September"),
        Column("after", "Name of after", most=20, help="November"),
        SIZE,
    ),
    most_rows=12,
)
ROW, TOP, BAR = 56, 2, 13
NAME = Type("ink", bold=True)
SMALL = Type("ink3", 11, anchor="end")


@dataclass(frozen=True)
class Pair:
    """One measure before and after."""

    what: str
    before: Number
    after: Number
    unit: str | None
    better: str | None

    @property
    def difference(self) -> str:
        """Return "1.7 h less (−37 %)", "the same"."""
        change = self.after.value - self.before.value
        if not change:
            return "the same"
        unit = "points" if self.unit == "%" else self.unit
        size = with_unit(written(abs(change), (self.before, self.after)), unit)
        share = ""
        if self.before.value > 0 and self.unit != "%":
            percents = percent(abs(change), self.before.value)
            share = f" ({'+' if change > 0 else '−'}{percents} %)" if percents < 1000 else ""
        return f"{size} {'more' if change > 0 else 'less'}{share}"

    @property
    def verdict(self) -> str:
        """Return better, worse, or "" when nobody said which way is good."""
        change = self.after.value - self.before.value
        if not change or not self.better:
            return ""
        return "better" if (change > 0) == (self.better == "higher") else "worse"


def table(parsed: Parsed) -> Table:
    """Return measure, before, after, and the difference in words."""
    before, after = _names(parsed.options)
    rows = [
        (
            pair.what,
            with_unit(pair.before.text, pair.unit),
            with_unit(pair.after.text, pair.unit),
            ", ".join(part for part in (pair.difference, pair.verdict) if part),
        )
        for pair in map(_pair, parsed.rows)
    ]
    return Table(("Measure", before, after, "Difference"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the pairs; measures of one unit share a scale."""
    pairs = [_pair(row) for row in parsed.rows]
    words = listing.numbers(table(parsed), asked.title)
    if not pairs:
        return Drawn("No measure yet.", words)
    said = " ".join(_said(pair) for pair in pairs)
    return charted(parsed, asked, words, said, partial(_canvas, pairs=pairs, names=_names(parsed.options)))


def _canvas(*, full: bool, pairs: list[Pair], names: tuple[str, str]) -> Canvas:
    canvas = Canvas(640 if full else 310, TOP + ROW * len(pairs) - 6)
    left = max(width(name, SMALL.size) for name in names) + 8
    for number, pair in enumerate(pairs):
        same = [other for other in pairs if other.unit == pair.unit]
        _draw(canvas, pair, TOP + ROW * number, (left, names, _scale(same)))
    return canvas


def _names(options: Mapping[str, str | None]) -> tuple[str, str]:
    return options["before"] or "Before", options["after"] or "After"


def _pair(row: Row) -> Pair:
    return Pair(row["what"], row["before"], row["after"], row["unit"], row["better"])


def _said(pair: Pair) -> str:
    before, after = (with_unit(number.text, pair.unit) for number in (pair.before, pair.after))
    verdict = f", {pair.verdict}" if pair.verdict else ""
    return f"{pair.what}: {before} before, {after} after, {pair.difference}{verdict}."


def _scale(pairs: list[Pair]) -> tuple[float, float]:
    """Zero always belongs to the scale of bars."""
    values = [float(number) for pair in pairs for number in (pair.before, pair.after)]
    return min(0.0, *values), max(0.0, *values)


def _draw(canvas: Canvas, pair: Pair, y: float, frame: tuple[float, tuple[str, str], tuple[float, float]]) -> None:
    left, names, (low, high) = frame
    verdict = f", {pair.verdict}" if pair.verdict else ""
    colour = {"better": "matsu", "worse": "shu"}.get(pair.verdict, "ink2")
    words = f"{pair.difference}{verdict}"
    what = shortened(
        pair.what, max(canvas.width - width(words, 11.5, bold=True) - 14, canvas.width * 0.35), 12, bold=True
    )
    room = canvas.width - width(what, 12, bold=True) - 14
    canvas.text((2, y + 11), what, NAME)
    words = shortened(words, room, 11.5, bold=True)
    canvas.text((canvas.width - 2, y + 11), words, Type(colour, 11.5, bold=True, anchor="end"))
    texts = [with_unit(number.text, pair.unit) for number in (pair.before, pair.after)]
    texts = [shortened(text, canvas.width * 0.3, 12, bold=True) for text in texts]
    end = canvas.width - max(width(text, 12, bold=True) for text in texts) - 10
    span = (high - low) or 1
    zero = left + (end - left) * (0 - low) / span
    for number, (name, value, text) in enumerate(zip(names, (pair.before, pair.after), texts, strict=True)):
        top = y + 17 + number * (BAR + 3)
        at = left + (end - left) * (float(value) - low) / span
        canvas.text((left - 8, top + 10.5), name, SMALL)
        canvas.rect(
            (min(zero, at), top), (max(abs(at - zero), 0.8), BAR), fill("ai" if number else "bar"), round_by=1.5
        )
        canvas.text((max(zero, at) + 6, top + 10.8), text, Type("ink" if number else "ink2", bold=bool(number)))
    canvas.line((zero, y + 16), (zero, y + 20 + 2 * BAR), Pen("edge", 1))
