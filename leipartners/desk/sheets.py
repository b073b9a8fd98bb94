"""My A3s as small sheets of paper: a drawing of how full each section is, and where the coach's pen has been."""

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
    middle = COLUMN + GAP / 2
    parts = [format_html('<line class="gl" x1="{0}" y1="0" x2="{0}" y2="{1}"/>', middle, HEIGHT)]
    for number, (_half, group) in enumerate(groupby(shapes, key=lambda shape: shape["half"])):
        boxes = list(group)
        height = HEIGHT / len(boxes)
        left = number * (COLUMN + GAP)
        parts += [_box(shape, left, index * height, height) for index, shape in enumerate(boxes)]
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        2 * COLUMN + GAP,
        HEIGHT,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _box(shape: dict[str, Any], x: float, y: float, height: float) -> SafeString:
    """One section: its number, a bar for its name, lines for its text, a red mark where a remark waits."""
    parts = [
        format_html('<circle class="gc" cx="{}" cy="{}" r="4"/>', x + 4.5, round(y + 5, 1)),
        format_html(
            '<text class="gn" x="{}" y="{}" text-anchor="middle">{}</text>', x + 4.5, round(y + 7.1, 1), shape["number"]
        ),
        _rect("gh" if shape["size"] else "ge", x + 12, y + 3.4, min(70, 4 * shape["name"]), 3.4),
    ]
    top = y + 12
    room = int((y + height - 6 - top) / LINE)
    if shape["size"]:
        parts += _lines(shape, x, top, room)
    if shape["remarks"]:
        parts += _pen(shape["remarks"], x, y)
    return format_html_join("", "{}", ((part,) for part in parts))


def _lines(shape: dict[str, Any], x: float, top: float, room: int) -> list[SafeString]:
    """Text as lines, a table as three columns of bars, a picture as a pale box with a line in it."""
    full, rest = divmod(shape["size"], SIGNS_PER_LINE)
    has_figure = shape["table"] or shape["image"]
    count = min(full + 1, max(1, room // 2 if has_figure else room))
    widths = [COLUMN] * (count - 1) + [COLUMN * max(0.25, rest / SIGNS_PER_LINE)]
    parts = [_rect("g", x, top + index * LINE, width, 2) for index, width in enumerate(widths)]
    below = top + count * LINE + 1
    rows = room - count
    if shape["image"] and rows > 1:
        parts.append(_rect("gt", x, below, 84, rows * LINE - 3))
        parts.append(_rect("gA", x + 92, below + 2, 40, 3))
        parts.append(_rect("gB", x + 92, below + 8, 28, 3))
    elif shape["table"]:
        bars = ((column, row) for row in range(rows) for column in (0, 66, 100))
        parts += [_rect("gd", x + column, below + row * LINE, 24 if column else 52, 2) for column, row in bars]
    return parts


def _pen(remarks: int, x: float, y: float) -> list[SafeString]:
    return [
        format_html('<path class="gp" d="M{} {}{}"/>', x + 30, round(y + 16.5, 1), WAVE * 9),
        format_html('<circle class="gf" cx="{}" cy="{}" r="5"/>', x + COLUMN - 6, round(y + 5, 1)),
        format_html(
            '<text class="gw" x="{}" y="{}" text-anchor="middle">{}</text>', x + COLUMN - 6, round(y + 7.4, 1), remarks
        ),
    ]


def _rect(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
        kind,
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
    )
