"""Pareto: what is counted most first, the running total, and the line under what makes 80 % of it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate

from a3.figures import listing
from a3.figures.charts import charted
from a3.figures.fitting import lines, shortened, width
from a3.figures.kinds import SIZE, Asked, Column, Drawn, Kind, Number, Parsed, Table
from a3.figures.numerals import percent, written
from a3.figures.svg import Canvas, Pen, Type, fill

KIND = Kind(
    "pareto",
    "Pareto chart",
    "Which few of many things make most of it: counted, the largest first.",
    columns=(
        Column("what", "What", required=True, most=60),
        Column("count", "How many", "number", required=True, least=0),
        Column("rest", "The rest", "flag", help="Others, always last"),
    ),
    options=(
        Column("unit", "Counted", most=40, help="late discharges in 4 weeks"),
        SIZE,
    ),
)
OTHERS = {"other", "others", "the rest", "rest", "miscellaneous", "misc", "various"}
MOST_BARS = 10
VITAL = 80  # percent
ROW, NEXT, FOOT, TOP = 20.5, 12.5, 18, 2  # a row, one more line in it, below and above them all


@dataclass(frozen=True)
class Bar:
    """One bar and the running total up to it."""

    what: str
    count: Decimal
    text: str
    share: int
    vital: bool


def table(parsed: Parsed) -> Table:
    """Return what, how many, and the running total."""
    bars = _bars(parsed)
    return Table(("What", "How many", "Running total"), tuple((bar.what, bar.text, f"{bar.share} %") for bar in bars))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the bars, the largest on top; more than ten are summed up in the last."""
    bars = _bars(parsed)
    words = listing.numbers(table(parsed), asked.title)
    if not bars or not bars[-1].share:
        return Drawn("Nothing counted yet.", words)
    total = f"{_total(parsed)} {parsed.options['unit'] or 'in all'}"
    return charted(parsed, asked, words, _said(bars, total), partial(_canvas, bars=_folded(bars), total=total))


def _numbers(parsed: Parsed) -> list[Number]:
    return [row["count"] for row in parsed.rows]


def _total(parsed: Parsed) -> str:
    numbers = _numbers(parsed)
    return written(sum((number.value for number in numbers), Decimal(0)), numbers)


def _bars(parsed: Parsed) -> list[Bar]:
    """Sorted, the rest last; the vital ones are those that reach 80 % together."""
    total = sum((number.value for number in _numbers(parsed)), Decimal(0))
    rows = sorted(parsed.rows, key=lambda row: (_is_rest(row["what"], flagged=row["rest"]), -row["count"].value))
    bars, so_far = [], Decimal(0)
    for row in rows:
        vital = percent(so_far, total) < VITAL and not _is_rest(row["what"], flagged=row["rest"])
        so_far += row["count"].value
        bars.append(Bar(row["what"], row["count"].value, row["count"].text, percent(so_far, total), vital))
    return bars


def _is_rest(what: str, *, flagged: bool) -> bool:
    return flagged or what.lower().rstrip(".") in OTHERS


def _folded(bars: list[Bar]) -> list[Bar]:
    if len(bars) <= MOST_BARS:
        return bars
    kept, rest = bars[: MOST_BARS - 1], bars[MOST_BARS - 1 :]
    count = sum((bar.count for bar in rest), Decimal(0))
    numbers = [Number(bar.count, bar.text) for bar in rest]
    return [*kept, Bar(f"{len(rest)} others", count, written(count, numbers), 100, vital=False)]


def _canvas(*, full: bool, bars: list[Bar], total: str) -> Canvas:
    """Labels left, on as many lines as they need, bars in the middle, running total right, total in words below."""
    wide = 640 if full else 310
    names = [lines(bar.what, wide * (0.36 if full else 0.42), 12, most=4, bold=bar.vital) for bar in bars]
    tops = list(accumulate((ROW + NEXT * (len(name) - 1) for name in names), initial=TOP))
    canvas = Canvas(wide, tops[-1] + FOOT)
    left = max(width(line, 12, bold=bar.vital) for name, bar in zip(names, bars, strict=True) for line in name) + 10
    counts = max(width(bar.text, 12, bold=bar.vital) for bar in bars)
    long = canvas.width - left - counts - 54
    largest = max(bar.count for bar in bars)
    for top, name, bar in zip(tops, names, bars, strict=False):
        colour = "ink" if bar.vital else "ink2"
        size = long * float(bar.count / largest) if largest else 0
        for number, line in enumerate(name):
            canvas.text((left - 8, top + 13.5 + NEXT * number), line, Type(colour, bold=bar.vital, anchor="end"))
        y = top + NEXT * (len(name) - 1) / 2
        canvas.rect((left, y + 3.5), (max(size, 0.8), 13), fill("ai" if bar.vital else "bar"), round_by=1.5)
        canvas.text((left + size + 6, y + 13.5), bar.text, Type(colour, bold=bar.vital))
        canvas.text((canvas.width - 4, y + 13.5), f"{bar.share} %", Type("ink3", 11.5, anchor="end"))
    _vital_line(canvas, bars, tops)
    foot = canvas.height - 4
    canvas.text((canvas.width - 4, foot), "running total", Type("ink3", 11, anchor="end"))
    canvas.text((2, foot), shortened(total, canvas.width - 84, 11), Type("ink3", 11))
    return canvas


def _vital_line(canvas: Canvas, bars: list[Bar], tops: list[float]) -> None:
    vital = sum(bar.vital for bar in bars)
    if 0 < vital < len(bars) and bars[vital - 1].share >= VITAL:
        canvas.line((2, tops[vital]), (canvas.width - 2, tops[vital]), Pen("shu", 1.1, "3 3"))


def _said(bars: list[Bar], total: str) -> str:
    vital = [f"{bar.what} ({bar.text})" for bar in bars if bar.vital]
    share = bars[len(vital) - 1].share if vital else 0
    most = f" {listing.and_list(vital)} make {share} % of it." if vital and len(vital) < len(bars) else ""
    return f"{total}: {len(bars)} kinds.{most}".replace(" 1 kinds", " one kind")
