"""Asking for a sheet on paper."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from a3 import pdf, tasks
from a3.models import Paper, Round, Sheet, SheetPrint
from partners.lib.queueing import enqueue
from partners.models import Person

MOST_A_MINUTE = 20  # asked for by one person
MOST_HERE_BY_ONE, MOST_HERE = 5, 20  # drawn within a minute by the web's own processes


class TooManyPrints(Exception):
    """This person, or everybody together, has asked for very many prints within a minute."""


@transaction.atomic
def ask_for_print(
    sheet: Sheet, *, by: Person, paper: str = Paper.A3, with_remarks: bool = False, frozen: Round | None = None
) -> SheetPrint:
    """Return the print of the sheet as it is now, or as a round kept it; a worker draws it unless it is there already.

    One that failed is tried again, and so is one whose file was cleaned away. Raises TooManyPrints.
    """
    _count(by)
    version = pdf.version_of(sheet.pk, frozen=frozen, with_remarks=with_remarks)
    options: dict[str, Any] = {"paper": paper, "with_remarks": with_remarks}
    row, created = SheetPrint.objects.get_or_create(
        sheet=sheet,
        version_key=pdf.key_of(version, **options),
        defaults=options | {"version": version, "round": frozen, "asked_by": by},
    )
    if created:
        enqueue(tasks.render, row.pk)
        return row
    return print_again(row, by=by)


def _count(by: Person) -> None:
    if SheetPrint.objects.asked_lately_by(by, timezone.now()).count() >= MOST_A_MINUTE:
        raise TooManyPrints


@transaction.atomic
def print_again(row: SheetPrint, *, by: Person) -> SheetPrint:
    """Draw once more what failed or was cleaned away: that very version, whatever the sheet says by now.

    Raises TooManyPrints.
    """
    _count(by)
    now = timezone.now()
    mine = SheetPrint.objects.filter(pk=row.pk)
    mine.update(used_at=now)
    ended = mine.filter(failed_at__isnull=False) | mine.filter(expired_at__isnull=False)
    fresh: dict[str, Any] = {"failed_at": None, "failure": "", "too_long": [], "expired_at": None, "started_at": None}
    if ended.update(queued_at=now, asked_by=by, **fresh):
        enqueue(tasks.render, row.pk)
        row.refresh_from_db()
    return row


def print_here(row: SheetPrint, *, by: Person) -> None:
    """Draw it in this process, because no worker has taken it. Does nothing when one has in the meantime.

    Raises TooManyPrints: pages wait while a process draws, so there is a limit for one person and for all together.
    """
    lately = SheetPrint.objects.drawn_lately(timezone.now())
    if lately.filter(asked_by=by).count() >= MOST_HERE_BY_ONE or lately.count() >= MOST_HERE:
        raise TooManyPrints
    pdf.make(row.pk)


def note_use(row: SheetPrint) -> None:
    """A file that is opened is kept for another month."""
    SheetPrint.objects.filter(pk=row.pk).update(used_at=timezone.now())
