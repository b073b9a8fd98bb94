"""Making a book: its sheets one after the other, each as a print that is kept and used again, then all joined."""

import datetime as dt
import logging
import tempfile
import time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.template.loader import render_to_string
from django.utils import timezone, translation

from a3.models import Book, BookItem, Sheet, SheetPrint
from a3.pdf.fitting import PAPERS, layout
from a3.pdf.joining import Part, join
from a3.pdf.paper import one_at_a_time
from a3.pdf.press import CannotPrint, Fetcher
from a3.pdf.prints import BROKEN, make
from a3.pdf.tagging import written
from a3.pdf.versions import key_of, version_of
from partners.models import Person

logger = logging.getLogger(__name__)
STRETCH = 40  # seconds of work before the queue gets its turn
UNSEEN = "You may not see this sheet any more, so it is not in the book."
TITLE_UNSEEN = "A sheet you may not see"
GONE = "None of these sheets is there for you to see any more."


def bind(book_pk: int) -> bool:
    """Work on a book for a while; true where more is left to do. Whoever claims it works on it, nobody else does."""
    now = timezone.now()
    if not Book.objects.takeable(now).filter(pk=book_pk).update(heard_at=now):
        return False
    book = Book.objects.select_related("asked_by").get(pk=book_pk)
    try:
        return _work(book, until=time.monotonic() + STRETCH)
    except CannotPrint as error:
        _end(book, failed_at=timezone.now(), failure=str(error))
    except Exception:
        logger.exception("Book %s broke", book_pk)
        _end(book, failed_at=timezone.now(), failure=BROKEN)
    return False


def _work(book: Book, *, until: float) -> bool:
    for item in book.items.undone().select_related("sheet"):
        if time.monotonic() > until:
            return _end(book, heard_at=None)
        _do(item, book)
        if not _end(book, heard_at=(heard := timezone.now())):
            return False  # somebody else took it over
        book.heard_at = heard
    if book.items.undone().exists():
        return _end(book, heard_at=None)  # another worker is drawing one of its sheets
    _assemble(book)
    return False


def _do(item: BookItem, book: Book) -> None:
    """Have the print of one sheet; or note why there is none. Undone still while somebody else draws the very same."""
    if not Sheet.objects.visible_to(book.asked_by).filter(pk=item.sheet_id).exists():
        _note(item, failure=UNSEEN)
        return
    row = print_of(item.sheet_id, paper=book.paper, by=book.asked_by)
    if row.state == "ready":
        _note(item, print=row)
    elif row.state == "failed":
        _note(item, failure=row.failure)


def print_of(sheet_pk: int, *, paper: str, by: Person) -> SheetPrint:
    """Return the print of a sheet as it is now, drawn here unless it is there; unfinished while another draws it."""
    version = version_of(sheet_pk)
    row, _ = SheetPrint.objects.get_or_create(
        sheet_id=sheet_pk,
        version_key=key_of(version, paper=paper),
        defaults={"paper": paper, "version": version, "asked_by": by},
    )
    fresh: dict[str, Any] = {"failed_at": None, "failure": "", "too_long": [], "may_try_again": True}
    fresh |= {"expired_at": None, "started_at": None}
    SheetPrint.objects.filter(pk=row.pk, ready_at__isnull=True).exclude(failed_at=None, expired_at=None).update(**fresh)
    SheetPrint.objects.filter(pk=row.pk).update(used_at=timezone.now())
    make(row.pk)
    row.refresh_from_db()
    return row


def _note(item: BookItem, **fields: Any) -> None:
    BookItem.objects.filter(pk=item.pk).update(done_at=timezone.now(), **fields)


def _end(book: Book, **fields: Any) -> bool:
    """Write how far it is, unless somebody else has taken it over."""
    return Book.objects.filter(pk=book.pk, heard_at=book.heard_at).update(**fields) == 1


def _assemble(book: Book) -> None:
    """Cover, contents, and each sheet, or a page that says why it is missing. Looks once more at who may see what."""
    items = list(book.items.select_related("sheet__site", "sheet__partner", "sheet__owner", "print"))
    seen = set(
        Sheet.objects.visible_to(book.asked_by).filter(pk__in=[i.sheet_id for i in items]).values_list("pk", flat=True)
    )
    if not seen:
        raise CannotPrint(GONE)
    entries = [_entry(item, is_seen=item.sheet_id in seen) for item in items]
    with tempfile.TemporaryDirectory() as folder:
        parts = _parts(book, entries, Path(folder))
        bound = Path(folder) / "book.pdf"
        pages = join(parts, bound, title=book.title, author=book.asked_by.name)
        with bound.open("rb") as file:
            book.file.save("book.pdf", File(file), save=False)
    if not _end(book, ready_at=timezone.now(), file=book.file.name, pages=pages):
        book.file.delete(save=False)


def _entry(item: BookItem, *, is_seen: bool) -> dict[str, Any]:
    if not is_seen:
        return {"title": TITLE_UNSEEN, "failure": UNSEEN, "file": None}
    sheet = item.sheet
    file = Path(item.print.file.path) if item.print and item.print.ready_at else None
    where = f"{sheet.partner.name}, {sheet.site.name}"
    failure = item.failure or (
        "" if file else "Its file was cleaned away while the book was made. Make the book again."
    )
    return {"title": sheet.title, "code": sheet.code, "owner": sheet.owner.name, "where": where} | {
        "failure": failure,
        "file": file,
    }


def _parts(book: Book, entries: list[dict[str, Any]], folder: Path) -> list[Part]:
    contents = len(_set("a3/book_print.html", book, {"entries": entries}).pages)
    for number, entry in enumerate(entries, start=contents + 1):
        entry["page"] = number
    parts = [Part(_written(_set("a3/book_print.html", book, {"entries": entries}), folder / "front.pdf"), "Contents")]
    for number, entry in enumerate(entries):
        path = entry["file"]
        if path is None:
            path = _written(_set("a3/book_missing.html", book, {"entry": entry}), folder / f"missing-{number}.pdf")
        parts.append(Part(path, entry["title"]))
    return parts


def _set(template: str, book: Book, words: dict[str, Any]) -> Any:
    paper = PAPERS[book.paper]
    with timezone.override(dt.UTC), translation.override("en"):
        html = render_to_string(template, {"book": book, "on": timezone.now()} | words)
    with one_at_a_time():
        return layout(html, Fetcher({}), 1.0, paper.width, paper.height)


def _written(document: Any, to: Path) -> Path:
    with one_at_a_time():
        written(document, to)
    return to
