"""Trend: one small line from its first value to its last."""

from functools import partial

from a3.figures import listing
from a3.figures.charts import charted
from a3.figures.fitting import shortened, width
from a3.figures.kinds import SIZE, UNIT, Asked, Column, Drawn, Kind, Number, Parsed, Row, Table
from a3.figures.numerals import with_unit
from a3.figures.parsing import day
from a3.figures.scales import short
from a3.figures.sparks import points
from a3.figures.svg import Canvas, Pen, Type, fill

KIND = Kind(
    "trend",
    "Trend",
    "Which way one measure goes, in a line: its first value and its last.",
    columns=(
        Column("when", "When", most=24, help="A date, or a label such as Week 12"),
        Column("value", "Value", "number", required=True),
    ),
    options=(UNIT, SIZE),
    most_rows=200,
)
HIGH, TOP, BOTTOM = 58, 10, 20
FIRST, LAST = Type("ink2", anchor="end"), Type("ai", 13, bold=True)
MOMENT = Type("ink3", 11)


def table(parsed: Parsed) -> Table:
    """Return when and value, in order."""
    unit = parsed.options["unit"]
    rows = tuple((_label(row), row["value"].text) for row in _ordered(parsed))
    return Table(("When", f"Value, {unit}" if unit else "Value"), rows)


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the line with its first and last value beside it, and when they were."""
    words = listing.numbers(table(parsed), asked.title)
    rows, unit = _ordered(parsed), parsed.options["unit"]
    if not rows:
        return Drawn("No value yet.", words)
    return charted(parsed, asked, words, _said(rows, unit), partial(_canvas, rows=rows, unit=unit))


def _ordered(parsed: Parsed) -> list[Row]:
    """By date when every row has one, else as entered."""
    days = [day(row["when"] or "") for row in parsed.rows]
    if not all(days):
        return list(parsed.rows)
    order = sorted(range(len(days)), key=lambda number: (days[number], number))
    return [parsed.rows[number] for number in order]


def _label(row: Row) -> str:
    found = day(row["when"] or "")
    return short(found) if found else row["when"] or ""


def _say(value: Number, unit: str | None) -> str:
    return with_unit(value.text, unit)


def _canvas(*, full: bool, rows: list[Row], unit: str | None) -> Canvas:
    canvas = Canvas(640 if full else 310, HIGH)
    most = canvas.width * 0.3
    first = shortened(_say(rows[0]["value"], unit), most, FIRST.size)
    last = shortened(_say(rows[-1]["value"], unit), most, LAST.size, bold=True)
    left = width(first, FIRST.size) + 12 if len(rows) > 1 else 12
    right = canvas.width - width(last, LAST.size, bold=True) - 12
    line = points([float(row["value"]) for row in rows], (left, TOP), (right - left, HIGH - TOP - BOTTOM))
    if len(line) > 1:
        canvas.polyline(line, Pen("ai", 1.8))
        canvas.circle(line[0], 2.4, fill("ai"))
        canvas.text((line[0][0] - 7, line[0][1] + 4), first, FIRST)
    canvas.circle(line[-1], 3.2, fill("ai"))
    canvas.text((line[-1][0] + 8, line[-1][1] + 4.5), last, LAST)
    room = (right - left) / 2 - 8
    if len(rows) > 1 and (label := _label(rows[0])):
        canvas.text((left, HIGH - 4), shortened(label, room, MOMENT.size), MOMENT)
    if label := _label(rows[-1]):
        at = min(line[-1][0], canvas.width - 2)
        canvas.text((at, HIGH - 4), shortened(label, room, MOMENT.size), Type("ink3", 11, anchor="end"))
    return canvas


def _said(rows: list[Row], unit: str | None) -> str:
    first, last = (_say(row["value"], unit) for row in (rows[0], rows[-1]))
    if len(rows) == 1:
        return f"One value: {last}."
    return f"{len(rows)} values, from {first} to {last}."
