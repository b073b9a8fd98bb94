"""A memo on paper: A4 or Letter, upright, from the faces and the style of the sheet's paper; nothing is fetched."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from a3.pdf import CannotPrint, Printed, draw
from a3.pdf.paper import one_at_a_time, qr_code
from a3.pdf.press import Fetcher, plain, press
from a3.pdf.tagging import written
from coaching import words
from coaching.models import Memo, MemoPrint

SIZES = {"a4": "210mm 297mm", "letter": "8.5in 11in"}
STYLE = "css/memo-paper.css"
NESTED = (
    "A list is nested too deeply to be printed. Flatten it where it was written, or in a correction of the memo, then "
    "print again."
)


def make(pk: int) -> None:
    """Make the file of one print of a memo."""
    draw(MemoPrint, pk, _drawn)


def _drawn(row: MemoPrint) -> Printed:
    memo = Memo.objects.select_related("visit__site__partner", "visit__coach", "sent_by").get(pk=row.memo_id)
    return render(memo, paper=row.paper)


def render(memo: Memo, *, paper: str) -> Printed:
    """Return a sent memo as a tagged PDF. Raises CannotPrint for a text that cannot be set."""
    address = settings.SITE_URL + memo.get_absolute_url()
    visit = memo.visit
    context = {"memo": memo, "visit": visit, "place": words.place(visit), "when": words.when(visit)}
    with timezone.override(visit.site.tzinfo), translation.override("en"):
        html = render_to_string("coaching/memo_print.html", context)
    document = laid_out(html, paper=paper, pictures={"print:qr": lambda: qr_code(address)})
    with one_at_a_time():
        pdf = written(document, pdf_identifier=f"memo-{memo.pk}".encode())
    return Printed(pdf or b"", len(document.pages))


def laid_out(html: str, *, paper: str, pictures: Mapping[str, Callable[[], bytes]]) -> Any:
    """Set upright pages of this size; nothing but these pictures is opened. Raises CannotPrint."""
    fetcher = Fetcher(pictures)
    with one_at_a_time():
        fonts, sheet = press()
        weasyprint = import_module("weasyprint")
        styles = [sheet, _style(), weasyprint.CSS(string=f"@page{{size:{SIZES[paper]}}}", url_fetcher=fetcher)]
        source = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=settings.SITE_URL)
        try:
            return source.render(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
        except RecursionError as error:
            raise CannotPrint(NESTED) from error


@cache
def _style() -> Any:
    """The parsed style sheet, once per process, with the light value of each token."""
    tokens, own = (Path(str(finders.find(name))).read_text() for name in ("css/tokens.css", STYLE))
    return import_module("weasyprint").CSS(string=plain(tokens + own), url_fetcher=Fetcher({}))
