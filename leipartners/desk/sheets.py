"""My A3s as small sheets of paper: a drawing of how full each section is, and where the coach's pen has been."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Length
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from a3.models import Section, Sheet
from partners.models import Person

HEIGHT, COLUMN, GAP = 164, 140, 16  # of the drawing, in its own units
LINE = 5.2
SIGNS_PER_LINE = 110
WAVE = "q1.5 -2 3 0t3 0"


@dataclass(frozen=True)
class Sheetlet:
    sheet: Sheet
    drawing: SafeString
    begun: int
    sections: int
    open_remarks: int
    is_held: bool


def with_shapes(sheets: "QuerySet[Sheet]") -> "QuerySet[Sheet]":
    """Each sheet knows `shapes`: per section its number, half, length of text, and what else is on it."""
    sections = Section.objects.filter(sheet=OuterRef("pk")).with_remarks_open().order_by("type__position")
    shape = JSONObject(
        number=F("type__position"),
        half=F("type__half"),
        name=Length("type__name"),
        size=Length("body"),
        table=Q(body__contains="<table"),
        image=Q(body__contains="<img") | Q(body__contains="<figure"),
        remarks=F("remarks_open"),
    )
    return sheets.annotate(shapes=ArraySubquery(sections.values_list(shape)))


def sheetlets(sheets: Iterable[Any], person: Person) -> list[Sheetlet]:
    """Draw sheets that came `with_shapes`."""
    return [
        Sheetlet(
            sheet=sheet,
            drawing=drawing(sheet.shapes),
            begun=sum(1 for shape in sheet.shapes if shape["size"]),
            sections=len(sheet.shapes),
            open_remarks=sum(shape["remarks"] for shape in sheet.shapes),
            is_held=sheet.ball_id == person.pk,
        )
        for sheet in sheets
    ]


def drawing(shapes: list[dict[str, Any]]) -> SafeString:
    """The two halves of a sheet side by side, as an SVG that the page's tokens colour."""
    pen = Pen()
    pen.paths["gl"].append(f"M{COLUMN + GAP / 2} 0v{HEIGHT}")
    for number, (_half, group) in enumerate(groupby(shapes, key=lambda shape: shape["half"])):
        boxes = list(group)
        height = HEIGHT / len(boxes)
        left = number * (COLUMN + GAP)
        for index, shape in enumerate(boxes):
            _draw_box(pen, shape, left, index * height, height)
    return pen.svg(width=2 * COLUMN + GAP, height=HEIGHT)


class Pen:
    """Collects what is drawn by its class: a drawing is then a few paths, not a hundred boxes to write and to read."""

    def __init__(self) -> None:
        self.paths: dict[str, list[str]] = defaultdict(list)
        self.texts: list[tuple[str, float, str, int]] = []

    def bar(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """A box whose corners are round by one unit."""
        across, down = f"{width - 2:.1f}", f"{height - 2:.1f}"
        right_side = f"h{across}a1 1 0 0 1 1 1v{down}a1 1 0 0 1-1 1"
        left_side = f"h-{across}a1 1 0 0 1-1-1v-{down}a1 1 0 0 1 1-1z"
        self.paths[kind].append(f"M{x + 1:.1f} {y:.1f}{right_side}{left_side}")

    def disc(self, kind: str, x: float, y: float, radius: int) -> None:
        turn = f"a{radius} {radius} 0 0 1"
        self.paths[kind].append(f"M{x - radius:.1f} {y:.1f}{turn} {2 * radius} 0{turn}-{2 * radius} 0z")

    def text(self, kind: str, x: float, y: float, words: int) -> None:
        """A number, its middle at `x`."""
        self.texts.append((kind, x, f"{y:.1f}", words))

    def svg(self, *, width: float, height: float) -> SafeString:
        paths = ((kind, "".join(path)) for kind, path in self.paths.items())
        return format_html(
            '<svg viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>',
            width,
            height,
            format_html_join("", '<path class="{}" d="{}"/>', paths),
            format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', self.texts),
        )


def _draw_box(pen: Pen, shape: dict[str, Any], x: float, y: float, height: float) -> None:
    """One section: its number, a bar for its name, lines for its text, a red mark where a remark waits."""
    pen.disc("gc", x + 4.5, y + 5, 4)
    pen.text("gn", x + 4.5, y + 7.1, shape["number"])
    pen.bar("gh" if shape["size"] else "ge", x + 12, y + 3.4, min(70, 4 * shape["name"]), 3.4)
    top = y + 12
    if shape["size"]:
        _draw_text(pen, shape, x, top, room=int((y + height - 6 - top) / LINE))
    if shape["remarks"]:
        pen.paths["gp"].append(f"M{x + 30} {y + 16.5:.1f}{WAVE * 9}")
        pen.disc("gf", x + COLUMN - 6, y + 5, 5)
        pen.text("gw", x + COLUMN - 6, y + 7.4, shape["remarks"])


def _draw_text(pen: Pen, shape: dict[str, Any], x: float, top: float, *, room: int) -> None:
    """Text as lines, a table as three columns of bars, a picture as a pale box with a line in it."""
    full, rest = divmod(shape["size"], SIGNS_PER_LINE)
    has_figure = shape["table"] or shape["image"]
    count = min(full + 1, max(1, room // 2 if has_figure else room))
    for index in range(count - 1):
        pen.bar("g", x, top + index * LINE, COLUMN, 2)
    pen.bar("g", x, top + (count - 1) * LINE, COLUMN * max(0.25, rest / SIGNS_PER_LINE), 2)
    below = top + count * LINE + 1
    rows = room - count
    if shape["image"] and rows > 1:
        pen.bar("gt", x, below, 84, rows * LINE - 3)
        pen.bar("gA", x + 92, below + 2, 40, 3)
        pen.bar("gB", x + 92, below + 8, 28, 3)
    elif shape["table"]:
        for row in range(rows):
            for column, width in ((0, 52), (66, 24), (100, 24)):
                pen.bar("gd", x + column, below + row * LINE, width, 2)
