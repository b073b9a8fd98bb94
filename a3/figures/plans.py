"""Plan: who does what, by when; planned and actual on one calendar, checks as diamonds, today as a line."""

import datetime as dt
from html import escape
from itertools import accumulate

from a3.figures import listing
from a3.figures.fitting import lines, shortened, width
from a3.figures.kinds import Asked, Column, Drawn, Fault, Kind, Parsed, Table
from a3.figures.scales import date_ticks, short
from a3.figures.steps import RIGHT, WIDE, Calendar, Step, calendar_of, steps_of
from a3.figures.svg import Canvas, Pen, Type, fill, filled
from a3.figures.svg import steps as through


def check(parsed: Parsed) -> list[Fault]:
    """Nothing ends before it begins."""
    return [
        (row.index, end, "This day is before the one on which it starts. Change one of them.")
        for row in parsed.rows
        for start, end in (("from", "until"), ("begun_on", "done_on"))
        if row[start] and row[end] and row[end] < row[start]
    ]


KIND = Kind(
    "plan",
    "Plan",
    "Who does what, by when, and when each thing is checked.",
    columns=(
        Column("what", "What", required=True, most=100),
        Column("who", "Who", "who", most=60),
        Column("kind", "Step or check", "choice", choices=(("step", "Step"), ("check", "Check")), default="step"),
        Column("from", "From", "date"),
        Column("until", "Until", "date", help="For a check: its day"),
        Column("begun_on", "Begun on", "date", help="The day it really began"),
        Column("done_on", "Done on", "date"),
    ),
    check=check,
)
ROW, NEXT, TOP = 22, 13, 22  # a row, one more line in it, above them all
SIZE, SMALL = 12.5, 12
LATE = 38  # the width of the sign and its word


def table(parsed: Parsed) -> Table:
    """Return each step and check with its days."""
    rows = []
    for step in steps_of(parsed):
        days = (step.starts, step.until, step.begun_on, step.done_on)
        words = tuple(short(day, year=True) if day else "" for day in days)
        rows.append((step.what, step.who, "Check" if step.check else "Step", *words))
    return Table(("What", "Who", "Step or check", "From", "Until", "Begun on", "Done on"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the calendar; on a phone it is a list."""
    plan = steps_of(parsed)
    today = asked.today
    words = listing.items("fig-steps", [_line(step, today) for step in plan])
    said = _said(plan, today)
    days = [day for step in plan for day in step.days]
    if not days:
        return Drawn(said, words)
    people = min(max([width(step.who, SMALL) for step in plan], default=0), 120)
    left = min(max(width(step.what, SIZE) for step in plan) + people + 24, 268)
    calendar = calendar_of(days, today, left)
    names = [lines(step.what, left - width(_who(step), SMALL) - 18, SIZE, most=4) for step in plan]
    tops = list(accumulate((ROW + NEXT * (len(name) - 1) for name in names), initial=TOP))
    canvas = Canvas(WIDE, tops[-1] + 6)
    _weeks(canvas, calendar, today)
    for top, name, step in zip(tops, names, plan, strict=False):
        _name(canvas, calendar, top, name)
        _row(canvas, calendar, top + NEXT * (len(name) - 1) / 2, step, today)
    _today(canvas, calendar, today)
    svg = canvas.svg(title=asked.title, said=asked.words_for(said), uid=asked.uid)
    return Drawn(said, words, svg, classes=["full", "drawn-only"])


def _weeks(canvas: Canvas, calendar: Calendar, today: dt.date) -> None:
    """Upright hairlines with the days they stand for."""
    most = int((calendar.right - calendar.left) / 29)
    hidden = calendar.pill(today)
    taken = calendar.left - 20.0
    for day, label in date_ticks(calendar.first, calendar.last, most=most):
        x = calendar.x(day)
        canvas.line((x, TOP - 4), (x, canvas.height - 4), Pen("line"))
        half = width(label, 11) / 2
        middle = min(max(x, half), canvas.width - half - 1)
        if abs(middle - hidden) > half + 22 and middle - half > taken:
            canvas.text((middle, 12), label, Type("ink3", 11, anchor="middle"))
            taken = middle + half + 4
    canvas.line((calendar.right, TOP - 4), (calendar.right, canvas.height - 4), Pen("line"))


def _who(step: Step) -> str:
    return shortened(step.who, 110, SMALL)


def _name(canvas: Canvas, calendar: Calendar, y: float, name: list[str]) -> None:
    """What is done, on as many lines as it needs, under a hairline."""
    canvas.line((0, y - 2), (calendar.right, y - 2), Pen("line"))
    for number, line in enumerate(name):
        canvas.text((2, y + 14.5 + NEXT * number), line, Type("ink", SIZE))


def _row(canvas: Canvas, calendar: Calendar, y: float, step: Step, today: dt.date) -> None:
    late = step.state(today) == "late"
    canvas.text((calendar.left - 8, y + 14.5), _who(step), Type("ink3", SMALL, anchor="end"))
    if step.check:
        _diamond(canvas, calendar, y, step, late=late)
    else:
        _bar(canvas, calendar, y, step, today)
    if late:
        _late(canvas, _beside(calendar, step, today), y)


def _beside(calendar: Calendar, step: Step, today: dt.date) -> float:
    """Return where the sign of a late step stands: after it (and after today's line), else before it, else on it."""
    actual = None if step.check else step.actual(today, calendar.last)
    days = [day for day in (None if step.check else step.starts, step.until, *(actual or ())) if day]
    apart = 10 if step.check else 6
    after = calendar.end(max(days)) + apart
    line = calendar.middle(today)
    if after - 3 < line < after + LATE + 3:
        after = line + 5
    before = calendar.x(min(days)) - apart - LATE
    return after if after + LATE <= WIDE else before if before >= calendar.left else WIDE - RIGHT - LATE


def _diamond(canvas: Canvas, calendar: Calendar, y: float, step: Step, *, late: bool) -> None:
    day = step.until or step.done_on
    if day is None:
        return
    x, middle = min(max(calendar.middle(day), calendar.left + 8), calendar.right - 8), y + 9
    colour = "shu" if late else "matsu"
    ground = "matsu" if step.done_on else "shut" if late else "paper"
    path = through((x, middle - 7), (x + 7, middle), (x, middle + 7), (x - 7, middle))
    canvas.path(path, filled(ground, Pen(colour, 1.6)))


def _bar(canvas: Canvas, calendar: Calendar, y: float, step: Step, today: dt.date) -> None:
    """Planned pale with an outline, actual solid over it."""
    late = step.state(today) == "late"
    planned = [day for day in (step.starts, step.until) if day]
    if planned:
        left, right = calendar.x(planned[0]) + 1.5, calendar.end(planned[-1]) - 1.5
        outline = filled("shut" if late else "ait", Pen("shu" if late else "ai"))
        canvas.rect((left, y + 3), (max(right - left, 4), 12), outline, round_by=min(6, max(right - left, 4) / 2))
    if not (actual := step.actual(today, calendar.last)):
        return
    left, right = calendar.x(actual[0]) + 1.5, calendar.end(actual[1]) - 1.5
    wide = max(right - left, 4)
    inside = planned and planned[0] <= actual[0] and actual[1] <= planned[-1]
    inset = 0 if inside or not planned else 2.5
    solid = fill("shu" if late else "ai")
    canvas.rect((left, y + 3 + inset), (wide, 12 - 2 * inset), solid, round_by=min(6 - inset, wide / 2))


def _late(canvas: Canvas, x: float, y: float) -> None:
    """A sign and a word: colour alone would not tell everybody."""
    canvas.rect((x - 2, y + 2), (LATE + 2, 14), fill("paper"))
    canvas.path(through((x, y + 14.5), (x + 6, y + 3.5), (x + 12, y + 14.5)), filled("paper", Pen("shu", 1.2)))
    canvas.line((x + 6, y + 7.5), (x + 6, y + 11), Pen("shu", 1.3))
    canvas.text((x + 15, y + 13), "late", Type("shu", 11, bold=True))


def _today(canvas: Canvas, calendar: Calendar, today: dt.date) -> None:
    if not calendar.first <= today <= calendar.last:
        return
    x, middle = calendar.middle(today), calendar.pill(today)
    canvas.line((x, TOP - 6), (x, canvas.height - 2), Pen("shu", 1.5))
    canvas.rect((middle - 19, 2), (38, 15), fill("shu"), round_by=7.5)
    canvas.text((middle, 13.2), "today", Type("white", 10.5, bold=True, anchor="middle"))


def _line(step: Step, today: dt.date) -> str:
    who = f"{escape(step.who)}, " if step.who else ""
    state = listing.sign(step.state(today))
    return f"{state}<span><b>{escape(step.what)}</b><small>{who}{step.words(today)}</small></span>"


def _said(plan: list[Step], today: dt.date) -> str:
    states = [step.state(today) for step in plan]
    checks = sum(step.check for step in plan)
    counts = [(states.count("done"), "done"), (states.count("half"), "under way"), (states.count("late"), "late")]
    parts = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{len(plan) - checks} steps and {checks} checks{f': {parts}' if parts else ''}."
