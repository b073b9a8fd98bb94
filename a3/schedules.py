"""Planners that beat wakes: the database says what is due."""

from celery import shared_task
from django.utils import timezone

from a3 import tasks
from a3.models import Presence, SheetPrint

BATCH = 200
GAVE_UP = "The printer stopped several times over this sheet. Shorten it, or take out pictures, then try again."


@shared_task
def render_waiting() -> None:
    """Queue again every print that nobody draws: its message was lost, or the worker that took it died."""
    now = timezone.now()
    SheetPrint.objects.hopeless(now).update(failed_at=now, failure=GAVE_UP)
    for pk in SheetPrint.objects.takeable(now).order_by("queued_at").values_list("pk", flat=True)[:BATCH]:
        tasks.render.delay(pk)


@shared_task
def forget_presences() -> None:
    """Who looked at which sheet is of no use after an hour, and nobody's business."""
    Presence.objects.forgotten(timezone.now()).delete()
