"""Fitting a sheet on its one page: in smaller type where it must, and by how much it is too long where that fails."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from a3.pdf import guessing
from a3.pdf.press import CannotPrint, Fetcher, press
from a3.pdf.searching import Search

EM = 4.695  # millimetres: the sheet's em at full size, 13.3 pt
SMALLEST = 0.64  # of full size: 8.5 pt, in which the smallest words (of notes and small heads) are 7 pt
SMALLEST_DRAWN = 0.78  # of the width of a half: in a drawing so wide the smallest words are 7 pt
ROOMY = 0.85  # of the room: a half that needs less than that, with its drawings at full width, keeps them so
ROOMY_COLUMN = '<div class="col roomy">'
HALF = 0.4865  # of the sheet's width
ROUNDING = 0.3  # millimetres
TOP, SIDE, BOTTOM = 7, 9.4, 14  # margins in millimetres; the footer stands in the lower one
MILLIMETRE = 96 / 25.4  # in CSS pixels
LINE = EM * 1.36  # millimetres from one line of text to the next, at full size
ENDLESS = 20_000  # millimetres: a page on which everything fits
SECTION = re.compile(r"section-(\d+)(-text)?")  # the ids of a section and of its text
TAIL = ", even in the smallest type that can be read. Shorten it, then print again."
DEEP = "A list in {number} {name} is nested too deeply to be printed. Flatten it there, then print again."


@dataclass(frozen=True)
class Paper:
    """A size of paper: its size in millimetres, and the words in the footer."""

    width: float
    height: float
    words: str

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return self.height - TOP - BOTTOM

    @property
    def half(self) -> float:
        """Millimetres that one half of the sheet is wide."""
        return (self.width - 2 * SIDE) * HALF


PAPERS = {
    "a3": Paper(420, 297, "printed on one A3, readable on A4"),
    "ledger": Paper(431.8, 279.4, "printed on one 11 x 17 in"),
}


@dataclass(frozen=True)
class Overflow:
    """A section to shorten, and by about how many lines; 0 is more than can be counted."""

    number: int
    name: str
    lines: int

    def __str__(self) -> str:
        section = f"{self.number} {self.name}"
        if not self.lines:
            return f"{section} is far too long: the sheet holds several pages"
        return f"{section} is about {self.lines} line{'' if self.lines == 1 else 's'} too long"


class InTheWay(CannotPrint):
    """Some sections keep the sheet from being printed: `overflows`."""

    def __init__(self, sentence: str, overflows: tuple[Overflow, ...]) -> None:
        super().__init__(sentence)
        self.overflows = overflows


class TooLong(InTheWay):
    """Even in the smallest readable type the sheet needs more than one page; `overflows` names what to shorten."""

    def __init__(self, *overflows: Overflow) -> None:
        super().__init__(" and ".join(map(str, overflows)) + TAIL, overflows)


class TooDeep(InTheWay):
    """A list stands so deep in others that it cannot be set."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(DEEP.format(number=number, name=name), (Overflow(number, name, 0),))


def fit(html: str, fetcher: Fetcher, paper: Paper) -> Any:
    """Set the sheet at full size, else at about the largest at which it fits; None when that is smaller than can be
    read.
    """
    halves = guessing.halves_of(html, fetcher.drawings)

    def guessed(size: float) -> float:
        em = EM * size
        return max((half.depth(paper.half / em, drawn_at(size)) for half in halves), default=0.0) * em

    def marked(size: float) -> str:
        """A half with room to spare keeps its drawings as wide as its text."""
        em = EM * size
        head, *columns = html.split(guessing.COLUMN)
        is_roomy = [half.depth(paper.half / em, 1.0) * em < paper.room * ROOMY for half in halves]
        halved = [
            (ROOMY_COLUMN if roomy else guessing.COLUMN) + column
            for roomy, column in zip(is_roomy, columns, strict=True)
        ]
        return head + "".join(halved)

    search = Search(paper.room + ROUNDING, SMALLEST, guessed)
    while (size := search.next_size()) is not None:
        document = layout(marked(size), fetcher, size, paper.width, paper.height)
        search.note(size, _depth(document, paper.room), document)
    return search.found


def drawn_at(size: float) -> float:
    """The share of a half's width that drawings take: they shrink with the type, as long as their words can be read."""
    return max(size, SMALLEST_DRAWN)


def layout(html: str, fetcher: Fetcher, size: float, width: float, height: float) -> Any:
    """Set it in type of `size` (1 is full) on pages of so many millimetres."""
    fonts, style = press()
    weasyprint = import_module("weasyprint")
    page = (
        f"@page{{size:{width}mm {height}mm;margin:{TOP}mm {SIDE}mm {BOTTOM}mm}}"
        f".sheet{{font-size:{EM * size:.4f}mm}}.sheet .fig-drawn{{width:{drawn_at(size):.0%}}}"
        ".sheet .roomy .fig-drawn{width:100%}"
    )
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=settings.SITE_URL)
    return document.render(
        stylesheets=[style, weasyprint.CSS(string=page, url_fetcher=fetcher)], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def overflows(
    html: str, fetcher: Fetcher, paper: Paper, halves: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Overflow]:
    """Of each half that is too long in the smallest type, the longest section, and by how many lines."""
    depths, heights, _ = measured(layout(html, fetcher, SMALLEST, paper.width, ENDLESS))
    found = []
    for half, sections in halves.items():
        excess = depths[half] - paper.room
        if excess > ROUNDING:
            longest = max(sections, key=lambda section: heights[section["pk"]])
            lines = math.ceil(excess / (LINE * SMALLEST))
            found.append(Overflow(longest["number"], longest["name"], lines))
    return found


def measured(document: Any) -> tuple[dict[str, float], dict[int, float], dict[int, float]]:
    """How deep each half reaches, how high each section is, and its text alone; of a document of one endless page, in
    millimetres.
    """
    anchors = document.pages[0].anchors
    depths = {half: anchors[half][3] / MILLIMETRE - TOP for half in ("left", "right")}
    heights: dict[int, float] = {}
    texts: dict[int, float] = {}
    for name, box in anchors.items():
        if found := SECTION.fullmatch(name):
            (texts if found[2] else heights)[int(found[1])] = (box[3] - box[1]) / MILLIMETRE
    return depths, heights, texts


def _depth(document: Any, room: float) -> float:
    """How deep the longer half is, in millimetres, over all the pages it needed."""
    ends = [
        max((page.anchors[half][3] for half in ("left", "right") if half in page.anchors), default=0.0)
        for page in document.pages
    ]
    last = max((number for number, end in enumerate(ends) if end), default=0)
    depth = last * room + float(ends[last]) / MILLIMETRE - TOP
    return depth if len(document.pages) == 1 else max(depth, room + 1)
