"""Certificates and letters on paper: A4 or Letter, lying, in the faces and tokens of the house; nothing is fetched."""

import datetime as dt
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from a3.pdf import CannotPrint, Printed, draw
from a3.pdf.joining import Part, join
from a3.pdf.paper import one_at_a_time, qr_code
from a3.pdf.press import Fetcher, plain, press
from a3.pdf.tagging import written
from courses.models import CertificateBook, Offering
from courses.papers import Paper, papers_for
from partners.lib.calendars import day_words

SIZES = {"a4": "297mm 210mm", "letter": "11in 8.5in"}
MARK = "print:mark.svg"
NOTHING = "Nobody has a certificate or a letter yet: complete the door list, and wait for the end of the course."
GONE = "This offering is not there for you to see any more."


def render(paper: Paper, *, size: str) -> Printed:
    """Return one certificate or letter as a tagged PDF; the same one gives the same bytes. Raises CannotPrint."""
    document = _set(paper, size)
    with one_at_a_time():
        return Printed(written(document, pdf_identifier=paper.name.encode()) or b"", len(document.pages))


def make_book(pk: int) -> None:
    """Make the file of one book of certificates."""
    draw(CertificateBook, pk, _book)


def _book(row: CertificateBook) -> Printed:
    if not Offering.objects.overseen_by(row.asked_by).filter(pk=row.offering_id).exists():
        raise CannotPrint(GONE)
    papers = papers_for(row.asked_by, row.offering_id, timezone.now())
    mine = CertificateBook.objects.filter(pk=row.pk)
    mine.update(papers=[paper.name for paper in papers], number=len(papers), done=0)
    if not papers:
        raise CannotPrint(NOTHING)
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, paper in enumerate(papers, start=1):
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(render(paper, size=row.paper).pdf)
            parts.append(Part(path, paper.title))
            mine.update(done=number)
        to = Path(folder) / "book.pdf"
        pages = join(parts, to, title=str(row), author="Lean Enterprise Institute")
        return Printed(to.read_bytes(), pages)


def _set(paper: Paper, size: str) -> Any:
    offering = paper.enrollment.offering
    context = {
        "paper": paper,
        "person": paper.enrollment.person,
        "offering": offering,
        "instructors": list(offering.instructors.all()),
        "length": _length(offering),
        "days": _listed([day_words(day) for day in paper.days]),
        "number_of_days": len(offering.dates_taught),
    }
    pictures = {MARK: lambda: Path(str(finders.find("img/mark.svg"))).read_bytes()}
    if certificate := paper.certificate:
        context |= {"certificate": certificate, "address": certificate.public_url.removeprefix("https://")}
        pictures["print:qr"] = lambda: qr_code(certificate.public_url)
    with timezone.override(offering.tzinfo), translation.override("en"):
        html = render_to_string(f"courses/{'certificate' if certificate else 'letter'}_print.html", context)
    fetcher = Fetcher(pictures)
    with one_at_a_time():
        fonts, _ = press()
        weasyprint = import_module("weasyprint")
        styles = [_style(), weasyprint.CSS(string=f"@page{{size:{SIZES[size]}}}", url_fetcher=fetcher)]
        source = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=settings.SITE_URL)
        return source.render(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")


@cache
def _style() -> Any:
    """The parsed style sheet, once per process, with the light value of each token."""
    tokens, own = (
        Path(str(finders.find(name))).read_text() for name in ("css/tokens.css", "css/certificate-paper.css")
    )
    return import_module("weasyprint").CSS(string=plain(tokens + own), url_fetcher=Fetcher({}))


def _length(offering: Offering) -> str:
    """24 hours, of all days together."""
    day = dt.datetime.combine(offering.starts_on, offering.daily_until) - dt.datetime.combine(
        offering.starts_on, offering.daily_from
    )
    hours = day.total_seconds() * len(offering.dates_taught) / 3600
    return f"{hours:.1f}".removesuffix(".0") + (" hour" if hours == 1 else " hours")


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
