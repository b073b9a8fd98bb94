"""Fishbone: causes along the bones of their groups, those held for roots outlined in red, the effect at the head."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from a3.figures import listing
from a3.figures.fitting import lines, shortened, width
from a3.figures.kinds import Asked, Column, Drawn, Fault, Kind, Parsed, Table
from a3.figures.svg import Canvas, Pen, Type, fill, filled, steps

MOST_GROUPS, MOST_CAUSES = 8, 6
SOME = "Causes"  # the name of a group without one


@dataclass(frozen=True)
class Cause:
    """One cause, as words and as lines that fit its bone."""

    words: str
    root: bool
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + APART


@dataclass(frozen=True)
class Group:
    """One bone."""

    name: str
    causes: tuple[Cause, ...]

    @property
    def height(self) -> float:
        return sum(cause.height for cause in self.causes)


def check(parsed: Parsed) -> list[Fault]:
    """Refuse more bones, or more causes on one, than can be read."""
    faults: list[Fault] = []
    counts: dict[str, int] = {}
    for row, name in _named(parsed):
        counts[name] = counts.get(name, 0) + 1
        if counts[name] == 1 and len(counts) == MOST_GROUPS + 1:
            faults.append((row, "group", f"A fishbone holds {MOST_GROUPS} groups at most. Put this into another one."))
        if counts[name] == MOST_CAUSES + 1:
            faults.append(
                (row, "cause", f"A group holds {MOST_CAUSES} causes at most. Divide {name} or take some out.")
            )
    return faults


KIND = Kind(
    "fishbone",
    "Fishbone",
    "Causes in groups along one effect; mark those you hold for roots.",
    columns=(
        Column("group", "Group", most=40, help="Method, people, materials; empty: the one above"),
        Column("cause", "Cause", required=True, most=80),
        Column("root", "Root", "flag", help="Held for a root cause"),
    ),
    options=(Column("effect", "Effect", most=90, help="What is seen at the head"),),
    most_rows=MOST_GROUPS * MOST_CAUSES,
    check=check,
)
WIDE, HEAD, SLANT = 640, 104, 40
TIP, LINE, APART = 24, 13.5, 9
ORDINARY, ROOT = Type("ink2", anchor="end"), Type("shu", bold=True, anchor="end")


def table(parsed: Parsed) -> Table:
    """Return group, cause, and which are roots."""
    rows = [
        (group.name, cause.words, "root" if cause.root else "") for group in _groups(parsed) for cause in group.causes
    ]
    return Table(("Group", "Cause", "Root"), tuple(rows))


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Draw half of the bones above the spine, half below; on a phone it is a list."""
    groups = _groups(parsed)
    seen = parsed.options["effect"]
    head = [f"<small>Effect</small><b>{escape(seen)}</b>"] if seen else []
    words = listing.items("fig-causes", [*head, *(_item(group) for group in groups)])
    said = _said(groups, seen)
    if not groups:
        return Drawn(said, words)
    across = (len(groups) + 1) // 2
    step = (WIDE - HEAD - 32 - SLANT) / across
    fitted = [_fitted(group, step - 20) for group in groups]
    above, below = fitted[:across], fitted[across:]
    effect = lines(seen or "", HEAD - 14, 12.5, most=8, bold=True)
    half = max(len(effect) * 8 + 12, 40)
    up, down = max(_depth(above), half), max(_depth(below), half)
    canvas = Canvas(WIDE, up + down)
    _spine(canvas, up, effect)
    for number, group in enumerate(above):
        _bone(canvas, group, (4 + step * (number + 1), 1.0), up)
    for number, group in enumerate(below):
        _bone(canvas, group, (4 + step * (number + 1), canvas.height - 1), up)
    svg = canvas.svg(title=asked.title, said=asked.words_for(said), uid=asked.uid)
    return Drawn(said, words, svg, classes=["full", "drawn-only"])


def _named(parsed: Parsed) -> Iterable[tuple[int, str]]:
    """The group of each row: its own, else that of the row above."""
    name = ""
    for row in parsed.rows:
        name = row["group"] or name or SOME
        yield row.index, name


def _groups(parsed: Parsed) -> list[Group]:
    causes: dict[str, list[Cause]] = {}
    for row, (_, name) in zip(parsed.rows, _named(parsed), strict=True):
        causes.setdefault(name, []).append(Cause(row["cause"], row["root"]))
    return [Group(name, tuple(some)) for name, some in causes.items()]


def _fitted(group: Group, room: float) -> Group:
    return Group(
        shortened(group.name, room - 10, 12, bold=True),
        tuple(
            Cause(cause.words, cause.root, tuple(lines(cause.words, room, 12, most=6, bold=cause.root)))
            for cause in group.causes
        ),
    )


def _depth(groups: list[Group]) -> float:
    """How far the tips stand from the spine."""
    return max((TIP + group.height + 6 for group in groups), default=0)


def _spine(canvas: Canvas, y: float, effect: list[str]) -> None:
    end = WIDE - HEAD - 12
    canvas.line((4, y), (end, y), Pen("ink", 2))
    canvas.path(steps((end, y - 7), (end + 10, y), (end, y + 7)), fill("ink"))
    high = max(len(effect) * 16 + 22, 56)
    canvas.rect((end + 10, y - high / 2), (HEAD, high), filled("ait", Pen("ai", 1.4)), round_by=3)
    top = y - (len(effect) - 1) * 8 + 4.5
    for number, line in enumerate(effect):
        canvas.text((end + 10 + HEAD / 2, top + number * 16), line, Type("ink", 12.5, bold=True, anchor="middle"))


def _bone(canvas: Canvas, group: Group, tip: tuple[float, float], spine: float) -> None:
    """From its name at the tip down (or up) to the spine, the causes at even distances."""
    x, edge = tip
    above = edge < spine
    start = edge + 18 if above else edge - 18
    canvas.line((x, start), (x + SLANT, spine), Pen("ink2", 1.5))
    wide = width(group.name, 12, bold=True) + 18
    middle = min(x, WIDE - HEAD - 14 - wide / 2)
    canvas.rect((middle - wide / 2, edge if above else edge - 19), (wide, 19), fill("sunk"), round_by=9.5)
    canvas.text((middle, edge + 13.5 if above else edge - 5.5), group.name, Type("ink", bold=True, anchor="middle"))
    room = abs(spine - edge) - TIP
    gap = (room - group.height) / (len(group.causes) + 1)
    y = (edge + TIP if above else spine) + gap
    for cause in group.causes:
        middle = y + cause.height / 2
        _cause(canvas, cause, x + SLANT * (middle - start) / (spine - start), middle)
        y += cause.height + gap


def _cause(canvas: Canvas, cause: Cause, bone: float, middle: float) -> None:
    """The words end before the bone, a hairline (or the red outline) joins them to it."""
    how = ROOT if cause.root else ORDINARY
    end = bone - 12
    top = middle - LINE * len(cause.lines) / 2
    for number, line in enumerate(cause.lines):
        canvas.text((end, top + LINE * number + 10.5), line, how)
    wide = max(width(line, 12, bold=cause.root) for line in cause.lines)
    bottom = top + LINE * len(cause.lines)
    if cause.root:
        canvas.rect(
            (end - wide - 7, top - 2.5), (wide + 14, bottom - top + 5), filled("none", Pen("shu", 1.5)), round_by=9
        )
        canvas.line((end + 7, middle), (bone, middle), Pen("shu", 1.5))
    else:
        canvas.line((end - wide, bottom + 0.5), (bone + 2, bottom + 0.5), Pen("edge", 0.9))


def _item(group: Group) -> str:
    causes = [
        f'<b class="root">{escape(cause.words)} (root)</b>' if cause.root else escape(cause.words)
        for cause in group.causes
    ]
    return f"<small>{escape(group.name)}</small>{', '.join(causes)}"


def _said(groups: list[Group], effect: str | None) -> str:
    count = sum(len(group.causes) for group in groups)
    of = f" of: {effect}" if effect else ""
    roots = [cause.words for group in groups for cause in group.causes if cause.root]
    marked = f" Marked as roots: {'; '.join(roots)}." if roots else ""
    return f"{count} causes in {len(groups)} groups{of}.{marked}" if groups else "No cause yet."
