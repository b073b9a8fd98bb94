"""Putting a sheet in the archive, where it can be read and found, and taking it back."""

from django.db import transaction
from django.utils import timezone

from a3.actions.agreements import owe_answers
from a3.actions.catchball import remind_holder
from a3.actions.holding import locked
from a3.actions.steps import follow_steps
from a3.models import Sheet
from partners.actions import call_off
from partners.models import Obligation, Person


class ArchivedAlready(Exception):
    """Somebody put the sheet in the archive, or took it back, in the meantime."""


@transaction.atomic
def archive(sheet: Sheet, *, by: Person, reason: str = "") -> Sheet:
    """Nobody writes on the sheet any more, and nobody owes anything on it. What it gained is still checked.

    Raises ArchivedAlready.
    """
    sheet = locked(sheet)
    if sheet.is_archived:
        raise ArchivedAlready(f"{sheet.archived_by} put this sheet in the archive already.")
    sheet.archived_at, sheet.archived_by, sheet.archive_reason = timezone.now(), by, reason
    sheet.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    owed = Obligation.objects.open().filter(key__startswith=f"sheet:{sheet.pk}:")
    call_off(*owed.values_list("key", flat=True))
    return sheet


@transaction.atomic
def take_from_archive(sheet: Sheet) -> Sheet:
    """The sheet goes on where it was: whoever had the ball has it, and what was owed on it is owed again.

    Raises ArchivedAlready.
    """
    sheet = locked(sheet)
    if not sheet.is_archived:
        raise ArchivedAlready("This sheet is in the archive no more: it was taken back already.")
    sheet.archived_at, sheet.archived_by, sheet.archive_reason = None, None, ""
    sheet.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    remind_holder(sheet, asked_by=None)
    owe_answers(sheet)
    follow_steps(sheet.pk)
    return sheet
