"""The request as our views see it (somebody is signed in, htmx may be asking), and answers that are files."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django_htmx.middleware import HtmxDetails

from partners.models import Person
from partners.tables import Cell, Column, csv_of, xlsx_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AuthenticatedRequest(HttpRequest):
    user: Person
    htmx: HtmxDetails


def shown(request: AuthenticatedRequest, page: str, *, part: str) -> str:
    """Name the whole page, or only one part of it when htmx asks."""
    return f"{page}#{part}" if request.htmx and not request.htmx.boosted else page


def csv_answer(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Return rows as a CSV file to save, sent while it is made: what `rows` yields knows nothing of the request."""
    return _saved(f"{name}.csv", csv_of(columns, rows), "text/csv; charset=utf-8")


def xlsx_answer(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Return rows as a workbook to save."""
    return _saved(f"{name}.xlsx", xlsx_of(name, columns, rows), XLSX)


def _saved(name: str, pieces: Iterator[str] | Iterator[bytes], content_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


def pdf_answer(file: FieldFile, *, name: str, cache: str = "private, no-store") -> FileResponse:
    """A PDF that the reader may see, shown in the browser and saved as `name`."""
    answer = FileResponse(file.open(), filename=name, content_type="application/pdf")
    answer["Cache-Control"] = cache
    return answer


def later_answer(words: object) -> HttpResponse:
    """Too much within a short time: the words say how long to wait."""
    return HttpResponse(str(words), status=429, content_type="text/plain; charset=utf-8")


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
