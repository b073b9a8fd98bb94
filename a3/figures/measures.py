"""Follow-up: each measure from start to goal, which way it goes, where it stands in words, who checks it when."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from a3.figures import listing
from a3.figures.kinds import UNIT, Asked, Column, Drawn, Kind, Number, Parsed, Row, Table
from a3.figures.numerals import with_unit
from a3.figures.scales import short
from a3.figures.sparks import spark

BETTER = Column(
    "better",
    "Better is",
    "choice",
    choices=(("lower", "Lower"), ("higher", "Higher")),
    help="Needed only when start and goal are the same",
)
KIND = Kind(
    "measures",
    "Follow-up",
    "Whether it works: each measure at the start, now and as aimed at, and who checks it when.",
    columns=(
        Column("measure", "Measure", required=True, most=80),
        UNIT,
        Column("start", "Start", "number"),
        Column("values", "Values since", "numbers", help="In order, the latest last: 4.6 4.1 3.2"),
        Column("goal", "Goal", "number"),
        BETTER,
        Column("who", "Who checks", "who", most=60),
        Column("when", "Next check", "date"),
    ),
)
SHORT_UNIT = 4  # characters
WIDTHS = (9, 4, 4, 4, 5, 7)  # fortieths of the columns before the last


@dataclass(frozen=True)
class Measure:
    """One measure and where it stands."""

    name: str
    unit: str | None
    start: Number | None
    values: tuple[Number, ...]
    goal: Number | None
    better: str | None
    who: str
    when: str

    @property
    def now(self) -> Number | None:
        return self.values[-1] if self.values else None

    @property
    def first(self) -> Number | None:
        return self.start or (self.values[0] if self.values else None)

    @property
    def state(self) -> tuple[str, str]:
        """Return sign and words: reached, on the way, not moved, got worse."""
        if self.now is None:
            return "open", "not measured yet"
        if self.goal is None or self.first is None:
            return "open", "no goal set"
        up = _upwards(self.first.value, self.goal.value, self.better)
        if up is None:
            return ("done", "held") if self.now.value == self.goal.value else ("open", "has moved")
        return _state(self.first.value, self.now.value, self.goal.value, up=up)

    @property
    def long_unit(self) -> str:
        """A unit that would break in a narrow column: it stands beside the name instead."""
        return self.unit if self.unit and len(self.unit) > SHORT_UNIT else ""

    def say(self, number: Number | None) -> str:
        return with_unit(number.text, self.unit) if number else ""

    def show(self, number: Number | None) -> str:
        """As it stands in its column."""
        return number.text if number and self.long_unit else self.say(number)


def table(parsed: Parsed) -> Table:
    """Return measure, start, now, goal, trend, state and the next check."""
    rows = [
        (m.name, m.say(m.first), m.say(m.now), m.say(m.goal), " ".join(v.text for v in m.values), m.state[1], _check(m))
        for m in map(_measure, parsed.rows)
    ]
    return Table(("Measure", "Start", "Now", "Goal", "Values", "State", "Next check"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Return a table with a sparkline in each row."""
    measures = [_measure(row) for row in parsed.rows]
    checked = any(_check(measure) for measure in measures)
    heads = ["Measure", "Start", "Now", "Goal", "Trend", "State", *(["Next check"] if checked else [])]
    head = "".join(f'<th scope="col"{_right(name)}>{name}</th>' for name in heads)
    widths = [*WIDTHS, 40 - sum(WIDTHS)] if checked else [14, 5, 5, 5, 5, 6]
    columns = "".join(f'<col class="w{width}"/>' for width in widths)
    rows = [_row(measure, f"{asked.uid}-{number}", checked=checked) for number, measure in enumerate(measures, start=1)]
    body = (
        f'<table class="set fig-measures"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
    return Drawn(f"{len(measures)} measures.", body, classes=["full"])


def _measure(row: Row) -> Measure:
    return Measure(
        row["measure"],
        row["unit"],
        row["start"],
        row["values"] or (),
        row["goal"],
        row["better"],
        row["who"].name if row["who"] else "",
        short(row["when"]) if row["when"] else "",
    )


def _upwards(start: Decimal, goal: Decimal, better: str | None) -> bool | None:
    """Return whether more is better: said, or seen from start and goal; None when neither tells."""
    if start == goal:
        return better == "higher" if better else None
    return goal > start


def _state(start: Decimal, now: Decimal, goal: Decimal, *, up: bool) -> tuple[str, str]:
    if not up:
        start, now, goal = -start, -now, -goal
    if now >= goal:
        return "done", "held" if start == goal else "reached"
    if now > start:
        return "half", "on the way"
    return ("late", "got worse") if now < start else ("open", "not moved")


def _check(measure: Measure) -> str:
    when = measure.when.replace(" ", "\N{NO-BREAK SPACE}")  # the day and its month stay on one line
    return ", ".join(part for part in (measure.who, when) if part)


def _right(name: str) -> str:
    return ' class="r"' if name in {"Start", "Now", "Goal"} else ""


def _row(measure: Measure, uid: str, *, checked: bool) -> str:
    state, words = measure.state
    unit = f" <small>{escape(measure.long_unit)}</small>" if measure.long_unit else ""
    cells = [
        f'<td class="key">{escape(measure.name)}{unit}</td>',
        f'<td class="r" data-label="Start">{escape(measure.show(measure.first))}</td>',
        f'<td class="r" data-label="Now"><strong>{escape(measure.show(measure.now))}</strong></td>',
        f'<td class="r" data-label="Goal">{escape(measure.show(measure.goal))}</td>',
        f'<td class="fig-trend">{_spark(measure.values, measure.name, uid, state)}</td>',
        f'<td class="fig-state {state}">{listing.sign(state)}{words}</td>',
    ]
    if checked:
        cells.append(f'<td class="fig-who">{escape(_check(measure))}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _spark(values: Sequence[Number], name: str, uid: str, state: str) -> str:
    if len(values) < 2:
        return ""
    colour = {"late": "shu", "open": "ink3"}.get(state, "matsu")
    title = f"{name}: from {values[0].text} to {values[-1].text}"
    return spark([float(value) for value in values], title=title, uid=uid, colour=colour)
