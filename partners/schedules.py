"""Planners that beat wakes: the database says what is due."""

from celery import shared_task
from django.utils import timezone

from partners import actions
from partners.models import Mail

BATCH = 500
WAITING = 10_000  # one round queues no more; the next comes in a minute


@shared_task
def deliver_waiting() -> None:
    """Queue again every mail that waits: its message was lost, its first try failed, or its polite moment has come."""
    waiting = Mail.objects.waiting(timezone.now()).order_by("next_try_at", "pk")
    actions.send_off(list(waiting.values_list("pk", flat=True)[:WAITING]))


@shared_task
def ask_checks() -> None:
    """Ask whether gains still hold: put each check that falls due on its owner's list."""
    while actions.ask_checks(timezone.now(), limit=BATCH) == BATCH:
        pass


@shared_task
def remind() -> None:
    """Plan every reminder that is due, batch after batch; several planners share the work."""
    while actions.plan_reminders(timezone.now(), limit=BATCH) == BATCH:
        pass
