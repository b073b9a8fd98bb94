"""Why after why: one chain or several, each link standing on evidence or on an assumption, the roots in red."""

from dataclasses import dataclass, field
from html import escape

from a3.figures import listing
from a3.figures.fitting import lines, width
from a3.figures.kinds import Asked, Column, Drawn, Fault, Kind, Parsed, Table
from a3.figures.svg import Canvas, Pen, Type

MOST_LEVELS = 7
NEXT = "next"  # the why after the one above


def check(parsed: Parsed) -> list[Fault]:
    """Each answer belongs to the why before it: no level may be skipped."""
    faults: list[Fault] = []
    before = 0
    for row, level in zip(parsed.rows, levels(parsed), strict=True):
        if level > before + 1:
            faults.append(
                (row.index, "level", f"There is no answer to why {level - 1} above. Choose why {before + 1}.")
            )
        elif level > MOST_LEVELS:
            faults.append((row.index, "level", f"{MOST_LEVELS} whys can be drawn. Choose why {MOST_LEVELS} or less."))
        before = level
    return faults


def levels(parsed: Parsed) -> list[int]:
    """Which why each row answers: the one it says, else the one after the row above."""
    found: list[int] = []
    for row in parsed.rows:
        said = row["level"]
        found.append((found[-1] if found else 0) + 1 if said in {None, NEXT} else int(said))
    return found


KIND = Kind(
    "whys",
    "Five whys",
    "From what happened to its root, asking why again and again; a why may have several answers.",
    columns=(
        Column(
            "level",
            "Why",
            "choice",
            choices=((NEXT, "Next"), *((str(number), f"Why {number}") for number in range(1, MOST_LEVELS + 1))),
            default=NEXT,
            help="Answers the nearest why before it",
        ),
        Column("words", "Because", required=True, most=120),
        Column(
            "ground",
            "Known by",
            "choice",
            choices=(("evidence", "Evidence"), ("assumption", "Assumption")),
            help="Seen on the spot, or still assumed",
        ),
        Column("root", "Root", "flag", help="Where asking on leads no further"),
    ),
    options=(Column("problem", "Problem", most=120, help="What the first why asks about"),),
    check=check,
)
WIDE, GAP, APART = 640, 22, 12
HEAD, LINE, SIZE = 19, 15, 12.5


@dataclass
class Why:
    """One answer and the answers to the next why."""

    level: int
    words: str
    ground: str
    root: bool
    lines: list[str] = field(default_factory=list)
    answers: list["Why"] = field(default_factory=list)

    @property
    def height(self) -> float:
        return HEAD + LINE * len(self.lines)

    @property
    def depth(self) -> float:
        """How deep this answer and all that follow from it reach."""
        follow = sum(answer.depth for answer in self.answers) + APART * (len(self.answers) - 1)
        return max(self.height, follow)

    def caption(self, room: float) -> str:
        """Return number and ground, as much as fits."""
        if self.level == 0:
            return "Problem"
        ground = self.ground or "not said how known"
        full = f"Why {self.level} · {ground}"
        return next(
            (words for words in (full, f"{self.level} · {ground}") if width(words, 11) <= room), f"Why {self.level}"
        )


def table(parsed: Parsed) -> Table:
    """Return each answer with its number, ground, and which are roots."""
    rows = [(f"Why {why.level}", why.words, why.ground, "root" if why.root else "") for why in _whys(parsed)]
    return Table(("Why", "Because", "Known by", "Root"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw the tree from left to right, a column for each why; on a phone it is an indented list."""
    whys = _whys(parsed)
    asks = [_problem(parsed)] if parsed.options["problem"] else []
    words = listing.items("fig-whys", [*asks, *(_item(why) for why in whys)])
    said = _said(parsed)
    top = _tree(whys, parsed.options["problem"])
    if not top:
        return Drawn(said, words)
    columns = max((why.level for why in whys), default=0) + bool(parsed.options["problem"])
    wide = min((WIDE - GAP * (columns - 1)) / columns, 300)
    _fit(top, wide)
    canvas = Canvas(WIDE, 4 + sum(why.depth for why in top) + APART * (len(top) - 1))
    y = 4.0
    for why in top:
        _draw(canvas, why, (0, y), wide)
        y += why.depth + APART
    svg = canvas.svg(title=asked.title, said=asked.words_for(said), uid=asked.uid)
    return Drawn(said, words, svg, classes=["full", "drawn-only"])


def _whys(parsed: Parsed) -> list[Why]:
    return [
        Why(level, row["words"], row["ground"] or "", row["root"])
        for row, level in zip(parsed.rows, levels(parsed), strict=True)
    ]


def _tree(whys: list[Why], problem: str | None) -> list[Why]:
    """The first whys, or the problem that they all ask about."""
    top: list[Why] = []
    path: list[Why] = []
    for why in whys:
        path = path[: why.level - 1]
        (path[-1].answers if path else top).append(why)
        path.append(why)
    if problem:
        return [Why(0, problem, "", root=False, answers=top)]
    return top


def _fit(whys: list[Why], room: float) -> None:
    for why in whys:
        why.lines = lines(why.words, room, SIZE, most=6, bold=why.root)
        _fit(why.answers, room)


def _draw(canvas: Canvas, why: Why, at: tuple[float, float], wide: float) -> None:
    """A rule on top (dashed for an assumption), its caption, its words; then what answers the next why."""
    x, y = at
    colour = "shu" if why.root else "edge"
    dash = "4 3" if why.ground != "evidence" and why.level else ""
    canvas.line((x, y), (x + wide, y), Pen(colour, 2, dash))
    canvas.text((x, y + 14), why.caption(wide), Type("shu" if why.root else "ink3", 11))
    for number, line in enumerate(why.lines):
        how = Type("shu" if why.root else "ink", SIZE, bold=why.root)
        canvas.text((x, y + HEAD + 9.5 + LINE * number), line, how)
    below = y
    for number, answer in enumerate(why.answers):
        _join(canvas, (x + wide, y), below, first=number == 0)
        _draw(canvas, answer, (x + wide + GAP, below), wide)
        below += answer.depth + APART


def _join(canvas: Canvas, at: tuple[float, float], below: float, *, first: bool) -> None:
    """An arrow head before the answer; to a further one, down from the first."""
    x, y = at
    middle = x + GAP / 2 - 2
    pen = Pen("edge", 1.4)
    if not first:
        canvas.line((middle, y + 6), (middle, below), pen)
        canvas.line((middle, below), (middle + 6, below), pen)
    tip = middle + 6
    canvas.polyline([(tip - 4.5, below - 4.5), (tip, below), (tip - 4.5, below + 4.5)], pen)


def _problem(parsed: Parsed) -> str:
    return f"<small>Problem</small><b>{escape(parsed.options['problem'])}</b>"


def _item(why: Why) -> str:
    ground = f", {why.ground}" if why.ground else ""
    words = f'<b class="root">{escape(why.words)} (root)</b>' if why.root else escape(why.words)
    return f'<div class="l{why.level}"><small>Why {why.level}{ground}</small>{words}</div>'


def _said(parsed: Parsed) -> str:
    if not parsed.rows:
        return "No why yet."
    grounds = [row["ground"] for row in parsed.rows]
    roots = [row["words"] for row in parsed.rows if row["root"]]
    problem = parsed.options["problem"]
    parts = [f"Problem: {problem.removesuffix('.')}."] if problem else []
    parts += [f"{len(grounds)} answers, {grounds.count('evidence')} known by evidence."]
    if roots:
        parts.append(f"Root: {'; '.join(roots)}.")
    return " ".join(parts)
