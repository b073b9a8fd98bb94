"""The printed sheet: one page of A3 (or 11 x 17 in), never clipped, from the same template and style sheet as the page.

WeasyPrint is imported late: the app starts on a machine without Pango and says what is missing when asked to print.
Its fetcher knows our own faces and this sheet's pictures; nothing else is ever opened, whatever the text asks for.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from threading import Lock
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags

from a3.drawings import Drawings
from a3.pdf.press import CannotPrint, Fetcher, press

SPAN = re.compile(r"\b(?:col|row)span=(?!\"?\d\b)[^\s>]*", re.IGNORECASE)  # of ten or more: some would take minutes
NO_WORDS = re.compile(r'<img(?: alt="")?(?![^>]*\balt="[^"])([^>]*)')
MOST_CHARACTERS = 24_000  # about half as much again as the smallest type holds
MOST_TAGS = 6_000
EM = 4.695  # millimetres: the sheet's em at full size, 13.3 pt
SMALLEST = 0.64  # of full size: 8.5 pt
TEXT = 0.52  # the power with which text must shrink: its square root, and a little for ragged ends
ROUNDING = 0.3  # millimetres
TOP, SIDE, BOTTOM = 7, 9.4, 14  # margins in millimetres; the footer stands in the lower one
MILLIMETRE = 96 / 25.4  # in CSS pixels
one_at_a_time = Lock()  # Pango's font maps are not made for threads


@dataclass(frozen=True)
class Paper:
    """A size of paper: what CSS calls it, its size in millimetres, and the words in the footer."""

    css: str
    width: float
    height: float
    words: str


PAPERS = {
    "a3": Paper("A3 landscape", 420, 297, "printed on one A3, readable on A4"),
    "ledger": Paper("17in 11in", 431.8, 279.4, "printed on one 11 x 17 in"),
}


class TooLong(CannotPrint):
    """Even at the smallest readable type the sheet needs more than one page."""


@dataclass(frozen=True)
class Job:
    """Everything a printed sheet depends on: the same job gives the same bytes.

    `sheet`, `left` and `right` are what the template `a3/_sheet.html` wants; `address` leads back to exactly this
    state of it, written `on` that day; `pictures` gives the bytes behind each `src` that the text may show.
    """

    sheet: Any
    left: list[Any]
    right: list[Any]
    address: str
    short_code: str
    on: dt.date
    drawings: Drawings | None = None
    paper: str = "a3"
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    @property
    def sections(self) -> list[Any]:
        return self.left + self.right


def render(job: Job) -> bytes:
    """Return the PDF of one sheet: tagged, in its language, one page.

    Raises TooLong, which names the section to shorten, PangoMissing, or CannotPrint for a text that cannot be set.
    """
    _check_length(job)
    pictures = {"print:qr": lambda: _qr(job.address), **job.pictures}
    with timezone.override(dt.UTC), translation.override("en"):
        html = SPAN.sub("", render_to_string("a3/sheet_print.html", _words(job)))
    html = NO_WORDS.sub(r'<img alt="Photo"\1', html)
    with one_at_a_time:
        try:
            return _on_one_page(html, Fetcher(pictures), job)
        except RecursionError as error:
            raise CannotPrint("A list is nested too deeply to be printed. Flatten it, then try again.") from error


def _words(job: Job) -> dict[str, Any]:
    return {
        "sheet": job.sheet,
        "drawings": job.drawings,
        "left": job.left,
        "right": job.right,
        "address": job.address,
        "short_code": job.short_code,
        "on": job.on,
        "paper_words": PAPERS[job.paper].words,
        "for_paper": True,
        "may_edit": False,
    }


def _on_one_page(html: str, fetcher: Fetcher, job: Job) -> bytes:
    """Set the sheet at full size, else at a size at which it fits; never smaller than can be read."""
    paper = PAPERS[job.paper]
    room = paper.height - TOP - BOTTOM
    tried: list[tuple[float, float]] = []
    while not tried or tried[-1][0] > SMALLEST:
        size = _next_size(tried, room)
        document = _layout(html, fetcher, size, paper.width, paper.height)
        depth = _depth(document, room)
        if len(document.pages) == 1 and depth <= room + ROUNDING:
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=job.short_code.encode())
            return pdf
        tried.append((size, depth))
    raise TooLong(_what_to_shorten(html, fetcher, job))


def _next_size(tried: list[tuple[float, float]], room: float) -> float:
    """Full size first. Then what the depth tells: text shrinks with the square of its size, a table's rows with less;
    from the second try on, how much the last step gained says which it is.
    """
    if not tried:
        return 1.0
    size, depth = tried[-1]
    power = TEXT
    if len(tried) > 1 and depth < tried[-2][1]:
        power = min(max(math.log(size / tried[-2][0]) / math.log(depth / tried[-2][1]), TEXT), 1.0)
    wanted = min(size * math.pow(room / depth, power), size - 0.01)
    return max(round(wanted - 0.005, 2), SMALLEST)


def _layout(html: str, fetcher: Fetcher, size: float, width: float, height: float) -> Any:
    fonts, style = press()
    weasyprint = import_module("weasyprint")
    page = f"@page{{size:{width}mm {height}mm;margin:{TOP}mm {SIDE}mm {BOTTOM}mm}}.sheet{{font-size:{EM * size:.4f}mm}}"
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=settings.SITE_URL)
    return document.render(
        stylesheets=[style, weasyprint.CSS(string=page, url_fetcher=fetcher)], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def _depth(document: Any, room: float) -> float:
    """How deep the longer half is, in millimetres, over all the pages it needed."""
    ends = [
        max((page.anchors[half][3] for half in ("left", "right") if half in page.anchors), default=0.0)
        for page in document.pages
    ]
    last = max((number for number, end in enumerate(ends) if end), default=0)
    return last * room + float(ends[last]) / MILLIMETRE - TOP


def _what_to_shorten(html: str, fetcher: Fetcher, job: Job) -> str:
    paper = PAPERS[job.paper]
    anchors = _layout(html, fetcher, SMALLEST, paper.width, 5000).pages[0].anchors
    half = max((job.left, job.right), key=lambda sections: sum(_height(anchors, section) for section in sections))
    longest = max(half, key=lambda section: _height(anchors, section))
    share = round(100 * _height(anchors, longest) / MILLIMETRE / (paper.height - TOP - BOTTOM))
    return (
        f"The sheet does not fit on one page, even in the smallest type. {longest.number} {longest.name} is the "
        f"longest section: it alone fills {share} % of its half. Shorten it, then print again."
    )


def _height(anchors: Mapping[str, tuple[float, float, float, float]], section: Any) -> float:
    _, top, _, bottom = anchors[f"section-{section.pk}"]
    return bottom - top


def _check_length(job: Job) -> None:
    """Refuse at once what no type size can save; setting it would take minutes."""
    longest = max(job.sections, key=lambda section: len(section.body))
    characters = sum(len(strip_tags(section.body)) for section in job.sections)
    if characters > MOST_CHARACTERS or sum(section.body.count("<") for section in job.sections) > MOST_TAGS:
        raise TooLong(
            f"The sheet holds far more than one page. {longest.number} {longest.name} is the longest section. "
            "Shorten it, then print again."
        )


def _qr(address: str) -> bytes:
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="png", scale=4, border=0, dark="#1B2733", light="#FFFEFB"
    )
    return out.getvalue()
