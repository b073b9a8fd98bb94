"""Asking for a sheet on paper."""

from django.db import transaction
from django.utils import timezone

from a3 import pdf, tasks
from a3.models import Paper, Sheet, SheetPrint
from partners.lib.queueing import enqueue
from partners.models import Person

MOST_A_MINUTE = 20


class TooManyPrints(Exception):
    """This person has asked for very many prints within a minute."""


@transaction.atomic
def ask_for_print(sheet: Sheet, *, by: Person, paper: str = Paper.A3) -> SheetPrint:
    """Return the print of the sheet as it is now; a worker draws it unless the very same is there already.

    One that failed is tried again. Raises TooManyPrints.
    """
    now = timezone.now()
    if SheetPrint.objects.asked_lately_by(by, now).count() >= MOST_A_MINUTE:
        raise TooManyPrints
    row, created = SheetPrint.objects.get_or_create(
        sheet=sheet, version_key=pdf.key_of(sheet, paper=paper), defaults={"paper": paper, "asked_by": by}
    )
    again = SheetPrint.objects.filter(pk=row.pk, failed_at__isnull=False).update(
        failed_at=None, failure="", started_at=None, queued_at=now, asked_by=by
    )
    if created or again:
        enqueue(tasks.render, row.pk)
    if again:
        row.refresh_from_db()
    return row


def print_here(row: SheetPrint) -> None:
    """Draw it in this process, because no worker has taken it. Does nothing when one has in the meantime."""
    pdf.make(row.pk)
