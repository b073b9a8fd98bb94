"""The request as our views see it (somebody is signed in, htmx may be asking), and answers that are files."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django_htmx.middleware import HtmxDetails

from partners.models import Person


class AuthenticatedRequest(HttpRequest):
    user: Person
    htmx: HtmxDetails


def shown(request: AuthenticatedRequest, page: str, *, part: str) -> str:
    """Name the whole page, or only one part of it when htmx asks."""
    return f"{page}#{part}" if request.htmx and not request.htmx.boosted else page


def csv_answer(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return rows as a CSV file to save, readable by spreadsheets; no cell of it is taken for a formula."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv") or ""
    csv.writer(answer).writerows([defused(str(cell)) for cell in row] for row in rows)
    return answer


def defused(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is marked as text; numbers stay numbers."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else cell
