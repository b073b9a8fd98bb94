"""Run chart: points in time with goal, median, and the days on which something was changed."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from a3.figures import listing
from a3.figures.charts import charted
from a3.figures.fitting import shortened, width
from a3.figures.kinds import SIZE, UNIT, Asked, Column, Drawn, Kind, Parsed, Table
from a3.figures.numerals import with_unit
from a3.figures.placing import Room
from a3.figures.scales import Axis, axis, date_ticks
from a3.figures.series import Series, series_of
from a3.figures.svg import Canvas, Pen, Point, Type, fill

KIND = Kind(
    "run_chart",
    "Run chart",
    "How one measure goes over time, and what changed when something was tried.",
    columns=(
        Column("when", "When", required=True, most=24, help="A date, or a label such as Week 12"),
        Column("value", "Value", "number", help="Empty leaves a gap"),
        Column("change", "What changed then", most=40, help="A countermeasure that began, such as Huddle"),
    ),
    options=(
        UNIT,
        Column("goal", "Goal", "number"),
        Column(
            "median",
            "Median line",
            "choice",
            choices=(("none", "None"), ("all", "Of all points"), ("before", "Of the points before the first change")),
            default="none",
        ),
        Column(
            "baseline_until", "Baseline until", most=24, help="The last point the median counts; empty: all of them"
        ),
        SIZE,
    ),
    most_rows=200,
)
SMALL = Type("ink3", 11)
MANY = 80  # points: from here on the line alone
TOP, BOTTOM, RIGHT = 18, 22, 8


@dataclass(frozen=True)
class Frame:
    """Where values and moments stand on the canvas."""

    left: float
    right: float
    top: float
    bottom: float
    up: Axis
    first: float
    last: float

    def x(self, at: float) -> float:
        if self.first == self.last:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (at - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * self.up.share(value)


def table(parsed: Parsed) -> Table:
    """Return when, value and change of each point, in order."""
    return _table(series_of(parsed))


def _table(series: Series) -> Table:
    rows = [(spot.label, spot.value.text if spot.value else "", spot.change or "") for spot in series.spots]
    head = ("When", f"Value, {series.unit}" if series.unit else "Value", "What changed then")
    if not any(change for _, _, change in rows):
        return Table(head[:2], tuple(row[:2] for row in rows))
    return Table(head, tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the chart; without a single value there is only the table."""
    series = series_of(parsed)
    words = listing.numbers(_table(series), asked.title)
    said = series.words()
    return charted(parsed, asked, words, said, partial(_canvas, series=series) if series.measured else None)


def _canvas(*, full: bool, series: Series) -> Canvas:
    canvas = Canvas(640, 190) if full else Canvas(310, 146)
    frame = _frame(canvas, series)
    room = Room(canvas)
    _grid(canvas, frame, series, room)
    _lines(canvas, frame, series, room)
    _labels(frame, series, room)
    return canvas


def _frame(canvas: Canvas, series: Series) -> Frame:
    values = [float(value) for value in series.numbers] + ([float(series.goal)] if series.goal else [])
    up = axis(values, most=4 if canvas.height > 150 else 3)
    left = 10 + max(width(up.label(tick), SMALL.size) for tick in up.ticks)
    places = [spot.at for spot in series.spots]
    right = canvas.width - RIGHT
    return Frame(left, right, TOP, canvas.height - BOTTOM, up, min(places), max(places))


def _grid(canvas: Canvas, frame: Frame, series: Series, room: Room) -> None:
    changed = [frame.x(spot.at) for spot, _ in series.changes]
    if changed:
        canvas.rect((changed[0], frame.top), (frame.right - changed[0], frame.bottom - frame.top), fill("matsut"))
    for tick in frame.up.ticks:
        y = frame.y(tick)
        canvas.line((frame.left, y), (frame.right, y), Pen("line"))
        room.write((frame.left - 6, y + 4), frame.up.label(tick), Type("ink3", 11, anchor="end"), frame.left)
    if series.unit:
        room.write((2, 9), series.unit, SMALL, canvas.width / 2)
    _moments(canvas, frame, series, room)


def _moments(canvas: Canvas, frame: Frame, series: Series, room: Room) -> None:
    """Label the moments below the axis, as many as have room."""
    how = Type("ink3", 11, anchor="middle")
    y = canvas.height - 6
    if series.dated and frame.first < frame.last:
        first, last = dt.date.fromordinal(int(frame.first)), dt.date.fromordinal(int(frame.last))
        labels = [
            (float(tick.toordinal()), label)
            for tick, label in date_ticks(first, last, most=int((frame.right - frame.left) / 40))
        ]
    else:
        labels = [(spot.at, shortened(spot.label, 90, how.size)) for spot in series.spots]
    widest = max(width(label, how.size) for _, label in labels) + 8
    every = max(1, -int(-len(labels) * widest // max(frame.right - frame.left, 1)))
    for at, label in labels[::every]:
        half = width(label, how.size) / 2
        x = min(max(frame.x(at), half + 1), canvas.width - half - 1)
        room.put(label, [((x, y), how)])


def _lines(canvas: Canvas, frame: Frame, series: Series, room: Room) -> None:
    for spot, _ in series.changes:
        x = frame.x(spot.at)
        canvas.line((x, frame.top), (x, frame.bottom), Pen("matsu"))
        room.avoid([(x, y) for y in range(int(frame.top), int(frame.bottom), 6)])
    if series.goal is not None:
        y = frame.y(float(series.goal))
        canvas.line((frame.left, y), (frame.right, y), Pen("matsu", 1.4, "5 4"))
    if (middle := series.middle) is not None:
        y, (left, right) = frame.y(float(middle)), _median_ends(frame, series)
        canvas.line((left, y), (right, y), Pen("ink3", 1.2))
    runs = _runs(frame, series)
    many = sum(map(len, runs)) > MANY
    for run in runs:
        room.avoid(run)
        canvas.polyline(run, Pen("ai", 1.8))
        for point in run if not many or len(run) == 1 else ():
            canvas.circle(point, 2.2, fill("ai"))


def _labels(frame: Frame, series: Series, room: Room) -> None:
    """What matters most is placed first."""
    _last_label(frame, series, room)
    _goal_label(frame, series, room)
    _median_label(frame, series, room)
    _change_labels(frame, series, room)


def _runs(frame: Frame, series: Series) -> list[list[Point]]:
    """The stretches of the line between gaps; a row that only tells of a change is no gap."""
    runs: list[list[Point]] = [[]]
    for spot in series.spots:
        if spot.value is not None:
            runs[-1].append((frame.x(spot.at), frame.y(float(spot.value))))
        elif not spot.change:
            runs.append([])
    return [run for run in runs if run]


def _last_label(frame: Frame, series: Series, room: Room) -> None:
    spot, value = series.measured[-1]
    x, y = frame.x(spot.at), frame.y(float(value))
    how, middle = Type("ai", 12.5, bold=True, anchor="end"), Type("ai", 12.5, bold=True, anchor="middle")
    places = [((x + 3, y + down), how) for down in (-7, 16, -12, 21, -18, 27)]
    room.put(value.text, [*places, ((x - 6, y + 4), how), ((x, y - 20), middle)])


def _goal_label(frame: Frame, series: Series, room: Room) -> None:
    if series.goal is None:
        return
    y = frame.y(float(series.goal))
    how, right = Type("matsu", 11.5, bold=True), Type("matsu", 11.5, bold=True, anchor="end")
    words = f"goal {with_unit(series.goal.text, series.unit)}"
    across = (frame.left + 4, (frame.left + frame.right) / 2)
    downs = (13, -5) if y + 16 < frame.bottom else (-5, 13)  # not across the axis
    places = [((x, y + down), how) for x in across for down in downs]
    room.put(words, [*places, *(((frame.right - 4, y + down), right) for down in downs)])


def _median_label(frame: Frame, series: Series, room: Room) -> None:
    middle = series.middle
    if middle is None:
        return
    y, (left, right) = frame.y(float(middle)), _median_ends(frame, series)
    end, start = Type("ink2", 11.5, bold=True, anchor="end"), Type("ink2", 11.5, bold=True)
    downs = (-5, -9, 14, -14, 18, -19, 23, -25, -29, -34)
    words = f"median {series.say(middle)}"
    places = [((right - 5, y + down), end) for down in downs] + [((left + 4, y + down), start) for down in downs]
    room.put(words, places)


def _median_ends(frame: Frame, series: Series) -> tuple[float, float]:
    """From the first point it counts to the last, or on to the change that came next."""
    left, right = frame.x(series.baseline[0].at), frame.x(series.baseline[-1].at)
    if len(series.baseline) == len(series.spots):
        return left, right
    return left, min([x for spot, _ in series.changes if (x := frame.x(spot.at)) > right], default=right)


def _change_labels(frame: Frame, series: Series, room: Room) -> None:
    start, end = Type("matsu", 11.5, bold=True), Type("matsu", 11.5, bold=True, anchor="end")
    heights = [frame.top + down for down in (11, 24, 37, 50)] + [frame.bottom - 5]
    for spot, change in series.changes:
        x = frame.x(spot.at)
        words = shortened(change, max(frame.right - x, x - frame.left) - 5, 11.5, bold=True)
        room.put(words, [((x + 5, y), start) for y in heights] + [((x - 5, y), end) for y in heights])
