"""The printed sheet: one page of A3 (or 11 x 17 in), never clipped, from the same template and style sheet as the page.

Its remarks, where they are asked for, follow on a second sheet. WeasyPrint's fetcher knows our own faces and this
sheet's pictures; nothing else is ever opened, whatever the text asks for.
"""

import datetime as dt
import gc
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags

from a3.drawings import Drawings, PaperDrawings
from a3.passages import Pen
from a3.pdf.fitting import PAPERS, Overflow, TooDeep, TooLong, fit, layout, overflows
from a3.pdf.press import Fetcher
from a3.pdf.tagging import written
from a3.sanitising import levels

SPAN = re.compile(r"\b(?:col|row)span=(?!\"?\d\b)[^\s>]*", re.IGNORECASE)  # of ten or more: some would take minutes
NO_WORDS = re.compile(r'<img(?: alt="")?(?![^>]*\balt="[^"])([^>]*)')
MOST_CHARACTERS = 24_000  # about half as much again as the smallest type holds
MOST_TAGS = 6_000
LOCK = Lock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Pango's font maps are not made for threads; and looking for garbage meanwhile, of which there is none, would take
    a tenth of the time.
    """
    with LOCK:
        gc.disable()
        try:
            yield
        finally:
            gc.enable()


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

    Raises TooLong or TooDeep, which name the section to shorten or to flatten, or PangoMissing.
    """
    check_length(job)
    (html, fetcher), paper = prepared(job), PAPERS[job.paper]
    with one_at_a_time():
        try:
            document = fit(html, fetcher, paper)
            if document is None:
                halves = {"left": job.left, "right": job.right}
                raise TooLong(*overflows(*prepared(job, bare=False), paper, halves))
            if job.with_remarks:
                remarks = _written("a3/remarks_print.html", job, None)
                second = layout(remarks, fetcher, 1.0, paper.width, paper.height)
                document = document.copy(document.pages + second.pages)
            pdf = written(document, pdf_identifier=job.short_code.encode())
            return Printed(pdf or b"", len(document.pages))
        except RecursionError as error:
            deepest = max(job.sections, key=lambda section: levels(section["body"]))
            raise TooDeep(deepest["number"], deepest["name"]) from error


def prepared(job: Job, *, bare: bool = True) -> tuple[str, Fetcher]:
    """The sheet as WeasyPrint sets it, and what may be opened meanwhile: its own pictures, and the code that leads back
    to it. Not `bare`, its sections carry the ids by which they are measured.
    """
    drawings = PaperDrawings(job.drawings.kept, today=job.drawings.today) if job.drawings else None
    html = NO_WORDS.sub(r'<img alt="Photo"\1', SPAN.sub("", _written("a3/sheet_print.html", job, drawings, bare=bare)))
    drawn = {address: partial(bytes, drawing) for address, drawing in drawings.pictures.items()} if drawings else {}
    return html, Fetcher({"print:qr": lambda: qr_code(job.address), **drawn, **job.pictures})


def _written(template: str, job: Job, drawings: Drawings | None, *, bare: bool = True) -> str:
    words = {
        "sheet": job.sheet,
        "drawings": drawings,
        "left": job.left,
        "right": job.right,
        "remarks": job.remarks,
        "pens": job.pens,
        "address": job.address,
        "short_code": job.short_code,
        "on": job.on,
        "paper_words": PAPERS[job.paper].words,
        "for_paper": True,
        "bare": bare,
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


def qr_code(address: str) -> bytes:
    """A picture that leads to this address, in the colours of the paper."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="png", scale=4, border=0, dark="#1B2733", light="#FFFEFB"
    )
    return out.getvalue()
