"""A small line that shows which way a measure goes: in a cell of the follow-up, or alone as a trend."""

from collections.abc import Sequence

from a3.figures.svg import Canvas, Pen, Point, fill


def points(values: Sequence[float], at: Point, size: Point) -> list[Point]:
    """Return where the values stand in the box that begins at `at`; equal values stand in its middle."""
    low, high = min(values), max(values)
    across = size[0] / max(len(values) - 1, 1)
    return [
        (
            at[0] + (number * across if len(values) > 1 else size[0] / 2),
            at[1] + size[1] * (1 - (value - low) / (high - low) if high > low else 0.5),
        )
        for number, value in enumerate(values)
    ]


def spark(values: Sequence[float], *, title: str, uid: str, colour: str) -> str:
    """Return a sparkline whose last point has the colour of the state."""
    canvas = Canvas(92, 22)
    line = points(values, (4, 4), (82, 14))
    if len(line) > 1:
        canvas.polyline(line, Pen("ink3", 1.3))
    canvas.circle(line[-1], 2.8, fill(colour))
    return canvas.svg(title=title, said="", uid=uid)
