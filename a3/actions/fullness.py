"""Having a sheet measured while it is written."""

from django.utils import timezone

from a3 import tasks
from a3.models import Fullness, Sheet
from partners.lib.queueing import enqueue


def ask_for_measure(sheet: Sheet) -> None:
    """Let a worker measure how full the sheet is; does nothing while that is waiting already."""
    if Fullness.objects.want(sheet, timezone.now()):
        enqueue(tasks.measure, sheet.pk)
