"""The pack of a visit as one PDF: its own upright pages, then each sheet as the page that it is."""

import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from a3.models import Sheet, SheetPrint
from a3.pdf import CannotPrint, Printed, draw, print_of
from a3.pdf.joining import Part, join
from a3.pdf.paper import one_at_a_time, qr_code
from a3.pdf.tagging import written
from coaching.models import Visit, VisitPack
from coaching.packs import Pack, pack_of
from coaching.pdf import laid_out

SHEETS_ON = {"a4": "a3", "letter": "ledger"}
PATIENCE = 20  # seconds for a sheet that somebody else draws
UNSEEN = "This visit is not there for you to see any more."
BUSY = "One of its sheets is being drawn for somebody else. Try again in a minute."


class Busy(CannotPrint):
    """One of its sheets is drawn elsewhere."""

    may_try_again = True


def make_pack(pk: int) -> None:
    """Make the file of one pack."""
    draw(VisitPack, pk, _drawn)


def _drawn(row: VisitPack) -> Printed:
    visits = Visit.objects.visible_to(row.asked_by).select_related("site__partner", "coach", "request__asked_by")
    visit = visits.filter(pk=row.visit_id).first()
    if visit is None:
        raise CannotPrint(UNSEEN)
    pack = pack_of(visit, row.asked_by, timezone.localdate(timezone=visit.tzinfo))
    VisitPack.objects.filter(pk=row.pk).update(sheets=[sheet.pk for sheet in pack.sheets])
    prints = [(sheet, _print_of(sheet, row)) for sheet in pack.sheets]
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "pack.pdf"
        pages = join(_parts(row, pack, prints, Path(folder)), to, title=str(row), author=row.asked_by.name)
        return Printed(to.read_bytes(), pages)


def _print_of(sheet: Sheet, row: VisitPack) -> SheetPrint:
    """The sheet as it is now; waits for whoever else draws the very same."""
    until = time.monotonic() + PATIENCE
    while (found := print_of(sheet.pk, paper=SHEETS_ON[row.paper], by=row.asked_by)).state not in {"ready", "failed"}:
        if time.monotonic() > until:
            raise Busy(BUSY)
        time.sleep(0.5)
    return found


def _parts(row: VisitPack, pack: Pack, prints: list[tuple[Sheet, SheetPrint]], folder: Path) -> list[Part]:
    """The upright pages say on which page each sheet is: so they are set once to be counted."""
    context = {"pack": pack, "visit": pack.visit, "reader": row.asked_by, "on": timezone.now(), "at": settings.SITE_URL}
    page = 1 + len(_front(row, context | {"entries": _entries(prints, 0)}).pages)
    front = _front(row, context | {"entries": _entries(prints, page)})
    with one_at_a_time():
        written(front, folder / "front.pdf")
    ready = [(sheet, made) for sheet, made in prints if made.state == "ready"]
    sheets = [Part(Path(made.file.path), sheet.title) for sheet, made in ready]
    return [Part(folder / "front.pdf", "The visit"), *sheets]


def _entries(prints: list[tuple[Sheet, SheetPrint]], page: int) -> list[dict[str, Any]]:
    """Each sheet with its page, or with why it is not there."""
    entries = []
    for sheet, made in prints:
        is_there = made.state == "ready"
        entries.append({"sheet": sheet, "page": page if is_there else None, "failure": made.failure})
        page += (made.pages or 1) if is_there else 0
    return entries


def _front(row: VisitPack, context: dict[str, Any]) -> Any:
    address = settings.SITE_URL + row.visit.get_absolute_url()
    with timezone.override(row.visit.tzinfo), translation.override("en"):
        html = render_to_string("coaching/pack_print.html", context)
    return laid_out(html, paper=row.paper, pictures={"print:qr": lambda: qr_code(address)})
