"""Planners that beat wakes: the database says what is due."""

from celery import shared_task
from django.utils import timezone

from a3 import actions, tasks
from a3.models import Book, Presence, SheetPrint
from partners.actions import call_off, settle
from partners.models import Obligation

BATCH = 200
MOST_ENDED = 10_000  # in one round; the next comes in an hour


@shared_task
def render_waiting() -> None:
    """Queue again every print of a sheet that nobody draws."""
    actions.queue_waiting(SheetPrint, tasks.render)


@shared_task
def bind_waiting() -> None:
    """Queue again every book that nobody works on: it goes on where it stopped."""
    for pk in Book.objects.takeable(timezone.now()).order_by("asked_at").values_list("pk", flat=True)[:BATCH]:
        tasks.bind.delay(pk)


@shared_task
def clean_prints() -> None:
    """Take away the files that nobody has used for a month."""
    actions.clean_unused(SheetPrint)
    for book in Book.objects.unused(timezone.now())[:BATCH]:
        actions.withdraw(book)


@shared_task
def forget_presences() -> None:
    """Who looked at which sheet is of no use after an hour, and nobody's business."""
    Presence.objects.forgotten(timezone.now()).delete()


@shared_task
def close_talks() -> None:
    """What is owed for a talk ends with it: being there is done, and a time that is past needs no answer."""
    now = timezone.now()
    over = Obligation.objects.open().filter(key__startswith="talk:", due_at__lte=now).values_list("key", flat=True)
    settle(*over.filter(key__contains=":soon:")[:MOST_ENDED])
    call_off(*over.filter(key__endswith=":answer")[:MOST_ENDED])
