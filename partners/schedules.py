"""Planners that beat wakes: the database says what is due."""

from celery import shared_task
from django.utils import timezone

from partners import tasks
from partners.models import Mail

BATCH = 500


@shared_task
def deliver_waiting() -> None:
    """Queue again every mail that waits: its message was lost, or its first try failed."""
    due = list(Mail.objects.waiting(timezone.now()).order_by("next_try_at").values_list("pk", flat=True)[: BATCH * 20])
    for start in range(0, len(due), BATCH):
        tasks.deliver_many.delay(due[start : start + BATCH])


@shared_task
def remind() -> None:
    """Send what is due."""
