"""Planners that beat wakes: the database says what is due."""

import datetime as dt
from itertools import batched

from celery import shared_task
from django.utils import timezone

from courses import account, actions, tasks
from courses.models import Enrollment, EnrollmentImport
from partners.actions import call_off, settle
from partners.models import Obligation

BATCH = 500
PATIENCE = dt.timedelta(seconds=30)  # younger ones are on their way
PAST = dt.timedelta(days=14)
LISTS = 4  # in one round; the next comes in ten seconds
A_TURN = 40  # seconds for one list, well within the time of a task


@shared_task
def tell_untold() -> None:
    """Queue again whoever was not told yet: the message was lost, or the queue was not reachable."""
    since = timezone.now() - PATIENCE
    untold = Enrollment.objects.untold().filter(to_tell_at__lte=since).order_by("to_tell_at")
    waiting = list(untold.values_list("pk", flat=True)[: BATCH * 20])
    for start in range(0, len(waiting), BATCH):
        tasks.tell_many.delay(waiting[start : start + BATCH])


@shared_task
def end_offers() -> None:
    """End offers that have run out and offer their seats to the next in line; let go of seats held long enough."""
    now = timezone.now()
    for pk in Enrollment.objects.offered_until(now).order_by("offering").values_list("offering", flat=True).distinct():
        actions.let_lapse(pk, now)
    actions.let_go_of_past(now)


@shared_task
def keep_seats() -> None:
    """Have the ledger say what is true of enrollments around today: seats of what is over are used."""
    today = timezone.localdate(timezone=dt.UTC)
    near = Enrollment.objects.filter(offering__ends_on__gte=today - PAST, partner__isnull=False).order_by("pk")
    for pks in batched(near.values_list("pk", flat=True).iterator(BATCH), BATCH):
        account.keep(*pks)


@shared_task
def close_begun() -> None:
    """What is owed for an offering ends when its first day is over: the reminder, and the answer to a request."""
    today = timezone.localdate(timezone=dt.UTC)
    begun = Enrollment.objects.filter(offering__starts_on__range=(today - PAST, today - dt.timedelta(days=1)))
    settle(*[f"enrollment:{pk}:soon" for pk in begun.seated().values_list("pk", flat=True)])
    for pk in begun.asked().values_list("pk", flat=True):
        prefix = f"enrollment:{pk}:approve:"
        call_off(*Obligation.objects.open().filter(key__startswith=prefix).values_list("key", flat=True))


@shared_task
def work_on_imports() -> None:
    """Go on with the lists that are too long for a request; several workers share them."""
    waiting = EnrollmentImport.objects.takeable(timezone.now()).order_by("made_at")
    for pk in waiting.values_list("pk", flat=True)[:LISTS]:
        actions.work_on(pk, seconds=A_TURN)


@shared_task
def forget_imports() -> None:
    """Lists of people are kept no longer than somebody may come back to them."""
    actions.forget_imports(timezone.now())
