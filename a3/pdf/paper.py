"""The printed sheet: one page of A3 (or 11 x 17 in), never clipped, from the same template and style sheet as the page.

Its remarks, where they are asked for, follow on a second sheet. WeasyPrint's fetcher knows our own faces and this
sheet's pictures; nothing else is ever opened, whatever the text asks for.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags

from a3.drawings import Drawings
from a3.passages import Pen
from a3.pdf.fitting import PAPERS, Overflow, TooLong, fit, layout, overflows
from a3.pdf.press import CannotPrint, Fetcher

SPAN = re.compile(r"\b(?:col|row)span=(?!\"?\d\b)[^\s>]*", re.IGNORECASE)  # of ten or more: some would take minutes
NO_WORDS = re.compile(r'<img(?: alt="")?(?![^>]*\balt="[^"])([^>]*)')
MOST_CHARACTERS = 24_000  # about half as much again as the smallest type holds
MOST_TAGS = 6_000
one_at_a_time = Lock()  # Pango's font maps are not made for threads


@dataclass(frozen=True)
class Job:
    """Everything a printed sheet depends on: the same job gives the same bytes.

    `sheet`, `left` and `right` are what the template `a3/_sheet.html` wants; `address` leads back to exactly this
    state of it, written `on` that day; `pictures` gives the bytes behind each `src` that the text may show.
    """

    sheet: Mapping[str, Any]
    left: list[dict[str, Any]]
    right: list[dict[str, Any]]
    address: str
    short_code: str
    on: dt.date
    drawings: Drawings | None = None
    paper: str = "a3"
    remarks: list[dict[str, Any]] = field(default_factory=list)
    pens: Mapping[int, list[Pen]] = field(default_factory=dict)
    with_remarks: bool = False
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    @property
    def sections(self) -> list[dict[str, Any]]:
        return self.left + self.right


@dataclass(frozen=True)
class Printed:
    """A file, and how many pages it has."""

    pdf: bytes
    pages: int


def render(job: Job) -> Printed:
    """Return the PDF of one sheet: tagged, in its language, one page, and its remarks on those that follow.

    Raises TooLong, which names the section to shorten, PangoMissing, or CannotPrint for a text that cannot be set.
    """
    check_length(job)
    html, fetcher, paper = html_of(job), fetcher_of(job), PAPERS[job.paper]
    with one_at_a_time:
        try:
            document = fit(html, fetcher, paper)
            if document is None:
                raise TooLong(*overflows(html, fetcher, paper, {"left": job.left, "right": job.right}))
            if job.with_remarks:
                second = layout(_written("a3/remarks_print.html", job), fetcher, 1.0, paper.width, paper.height)
                document = document.copy(document.pages + second.pages)
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=job.short_code.encode())
            return Printed(pdf, len(document.pages))
        except RecursionError as error:
            raise CannotPrint("A list is nested too deeply to be printed. Flatten it, then try again.") from error


def html_of(job: Job) -> str:
    """The sheet as WeasyPrint sets it."""
    return NO_WORDS.sub(r'<img alt="Photo"\1', SPAN.sub("", _written("a3/sheet_print.html", job)))


def fetcher_of(job: Job) -> Fetcher:
    """What may be opened while this sheet is set: its own pictures, and the code that leads back to it."""
    return Fetcher({"print:qr": lambda: _qr(job.address), **job.pictures})


def _written(template: str, job: Job) -> str:
    words = {
        "sheet": job.sheet,
        "drawings": job.drawings,
        "left": job.left,
        "right": job.right,
        "remarks": job.remarks,
        "pens": job.pens,
        "address": job.address,
        "short_code": job.short_code,
        "on": job.on,
        "paper_words": PAPERS[job.paper].words,
        "for_paper": True,
        "may_edit": False,
    }
    with timezone.override(dt.UTC), translation.override("en"):
        return render_to_string(template, words)


def check_length(job: Job) -> None:
    """Refuse at once what no type size can save; setting it would take minutes."""
    longest = max(job.sections, key=lambda section: len(section["body"]))
    characters = sum(len(strip_tags(section["body"])) for section in job.sections)
    if characters > MOST_CHARACTERS or sum(section["body"].count("<") for section in job.sections) > MOST_TAGS:
        raise TooLong(Overflow(longest["number"], longest["name"], 0))


def _qr(address: str) -> bytes:
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="png", scale=4, border=0, dark="#1B2733", light="#FFFEFB"
    )
    return out.getvalue()
