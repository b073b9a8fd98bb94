"""The request as our views see it (somebody is signed in, htmx may be asking), and answers that are files."""

import csv
from collections.abc import Iterable, Sequence

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
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


def picture_answer(request: HttpRequest, file: FieldFile, *, name: str, sha256: str) -> HttpResponse:
    """The file of a picture that the reader may see, as a download that no browser takes for a page."""
    tag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    ending = str(file.name).rsplit(".", 1)[-1]
    with file.open("rb") as opened:
        content = opened.read()
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "ETag": tag,
    }
    return HttpResponse(content, content_type="image/png" if ending == "png" else "image/jpeg", headers=headers)
