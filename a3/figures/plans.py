"""Plan: who does what, by when; planned and actual on one calendar, checks as diamonds, today as a line."""

import datetime as dt
from dataclasses import dataclass
from html import escape

from a3.figures import listing
from a3.figures.fitting import shortened, width
from a3.figures.kinds import Asked, Column, Drawn, Kind, Parsed, Row, Table
from a3.figures.scales import date_ticks, short
from a3.figures.svg import Canvas, Pen, Type, fill, filled, steps

KIND = Kind(
    "plan",
    "Plan",
    "Who does what, by when, and when each thing is checked.",
    columns=(
        Column("what", "What", required=True, most=100),
        Column("who", "Who", "who", most=60),
        Column("kind", "Step or check", "choice", choices=(("step", "Step"), ("check", "Check"))),
        Column("from", "From", "date"),
        Column("until", "Until", "date", help="For a check: its day"),
        Column("begun_on", "Begun on", "date", help="The day it really began"),
        Column("done_on", "Done on", "date"),
    ),
)
WIDE, ROW, TOP, RIGHT = 640, 22, 22, 4
SIZE, SMALL = 12.5, 12
LATE = 38  # the width of the sign and its word
MARGIN = dt.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One row of the plan on the calendar; a row without a date has none."""

    what: str
    who: str
    check: bool
    starts: dt.date | None
    until: dt.date | None
    begun_on: dt.date | None
    done_on: dt.date | None

    def state(self, today: dt.date) -> str:
        """Return done, late, half (under way) or open."""
        if self.done_on:
            return "done"
        if self.until and self.until < today:
            return "late"
        begun = self.begun_on or (None if self.check else self.starts)
        return "half" if begun and begun <= today else "open"

    def words(self, today: dt.date) -> str:
        """Say where it stands: "done 18 Oct", "late, was due 3 Nov", "until 29 Nov", "from 30 Nov"."""
        match self.state(today):
            case "done":
                return f"done {_short(self.done_on, today)}"
            case "late":
                return f"late, was due {_short(self.until, today)}"
            case "half" if self.until:
                return f"until {_short(self.until, today)}"
        if self.check and self.until:
            return f"due {_short(self.until, today)}"
        return f"from {_short(self.starts, today)}" if self.starts else "no date yet"

    def actual(self, today: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
        """Return from when to when it was really worked on, None when it has not begun."""
        begun = self.begun_on or (self.starts if self.done_on else None) or self.done_on
        ended = self.done_on or min(today, last)
        if begun is None:
            return None
        return (begun, ended) if begun <= ended else (ended, ended) if self.done_on else None

    @property
    def days(self) -> list[dt.date]:
        return [day for day in (self.starts, self.until, self.begun_on, self.done_on) if day]


@dataclass(frozen=True)
class Calendar:
    """Where days stand on the canvas."""

    left: float
    right: float
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        """Return where `day` begins."""
        days = (self.last - self.first).days + 1
        return self.left + (self.right - self.left) * min(max((day - self.first).days / days, 0), 1)

    def end(self, day: dt.date) -> float:
        """Return where `day` ends."""
        return self.x(day + MARGIN) if day < dt.date.max else self.right


def table(parsed: Parsed) -> Table:
    """Return each step and check with its days."""
    rows = []
    for step in _steps(parsed):
        days = tuple(short(day, year=True) if day else "" for day in (step.starts, step.until, step.done_on))
        rows.append((step.what, step.who, "Check" if step.check else "Step", *days))
    return Table(("What", "Who", "Step or check", "From", "Until", "Done on"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the calendar; on a phone it is a list."""
    plan = _steps(parsed)
    today = asked.today
    words = listing.items("fig-steps", [_line(step, today) for step in plan])
    said = _said(plan, today)
    days = [day for step in plan for day in step.days]
    if not days:
        return Drawn(said, words.replace("fig-list", "fig-list shown"))
    canvas = Canvas(WIDE, TOP + ROW * len(plan) + 6)
    people = min(max([width(step.who, SMALL) for step in plan], default=0), 120)
    left = min(max(width(step.what, SIZE) for step in plan) + people + 24, 268)
    calendar = _calendar(days, today, left)
    _weeks(canvas, calendar, today)
    for number, step in enumerate(plan):
        _row(canvas, calendar, TOP + number * ROW, step, today)
    _today(canvas, calendar, today)
    svg = canvas.svg(title=asked.title, said=said, uid=asked.uid)
    return Drawn(said, words, svg, classes=["full", "drawn-only"])


def _steps(parsed: Parsed) -> list[Step]:
    return [_step(row) for row in parsed.rows]


def _step(row: Row) -> Step:
    """Days in the wrong order are turned round; a check has one day."""
    days = sorted(day for day in (row["from"], row["until"]) if day)
    check = row["kind"] == "check"
    starts = days[0] if row["from"] else None
    until = days[-1] if days and (row["until"] or check) else None
    if check and days:
        starts = until
    who = row["who"].name if row["who"] else ""
    return Step(row["what"], who, check, starts, until, row["begun_on"], row["done_on"])


def _short(day: dt.date | None, today: dt.date) -> str:
    return short(day, year=abs((day - today).days) > 300) if day else ""


def _calendar(days: list[dt.date], today: dt.date, left: float) -> Calendar:
    """From the first day to the last; today is in view when it is near."""
    first, last = min(days), max(days)
    span = max((last - first).days, 6)
    if abs((today - first).days) <= span and abs((today - last).days) <= span:
        first, last = min(first, today), max(last, today)
    if (last - first).days < 6:
        last = dt.date.fromordinal(min(first.toordinal() + 6, dt.date.max.toordinal()))
    return Calendar(left, WIDE - RIGHT, first, last)


def _weeks(canvas: Canvas, calendar: Calendar, today: dt.date) -> None:
    """Upright hairlines with the days they stand for."""
    most = int((calendar.right - calendar.left) / 29)
    hidden = calendar.x(today) if calendar.first <= today <= calendar.last else -100
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


def _row(canvas: Canvas, calendar: Calendar, y: float, step: Step, today: dt.date) -> None:
    canvas.line((0, y - 2), (calendar.right, y - 2), Pen("line"))
    who = shortened(step.who, 110, SMALL)
    room = calendar.left - width(who, SMALL) - 18
    late = step.state(today) == "late"
    canvas.text((2, y + 14.5), shortened(step.what, room, SIZE), Type("ink", SIZE))
    canvas.text((calendar.left - 8, y + 14.5), who, Type("ink3", SMALL, anchor="end"))
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
    line = (calendar.x(today) + calendar.end(today)) / 2
    if after - 3 < line < after + LATE + 3:
        after = line + 5
    before = calendar.x(min(days)) - apart - LATE
    return after if after + LATE <= WIDE else before if before >= calendar.left else WIDE - RIGHT - LATE


def _diamond(canvas: Canvas, calendar: Calendar, y: float, step: Step, *, late: bool) -> None:
    day = step.until or step.done_on
    if day is None:
        return
    x, middle = min(max((calendar.x(day) + calendar.end(day)) / 2, calendar.left + 8), calendar.right - 8), y + 9
    colour = "shu" if late else "matsu"
    ground = "matsu" if step.done_on else "shut" if late else "paper"
    path = steps((x, middle - 7), (x + 7, middle), (x, middle + 7), (x - 7, middle))
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
    canvas.path(steps((x, y + 14.5), (x + 6, y + 3.5), (x + 12, y + 14.5)), filled("paper", Pen("shu", 1.2)))
    canvas.line((x + 6, y + 7.5), (x + 6, y + 11), Pen("shu", 1.3))
    canvas.text((x + 15, y + 13), "late", Type("shu", 11, bold=True))


def _today(canvas: Canvas, calendar: Calendar, today: dt.date) -> None:
    if not calendar.first <= today <= calendar.last:
        return
    x = (calendar.x(today) + calendar.end(today)) / 2
    canvas.line((x, TOP - 6), (x, canvas.height - 2), Pen("shu", 1.5))
    middle = min(max(x, 20), canvas.width - 20)
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
