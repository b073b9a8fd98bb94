"""Planners that beat wakes: the database says what is due."""

import datetime as dt
from itertools import batched

from celery import shared_task
from django.utils import timezone

from a3.actions import clean_unused, queue_waiting
from courses import account, actions, tasks
from courses.models import Certificate, CertificateBook, Enrollment, EnrollmentImport, Offering
from partners.actions import call_off, settle
from partners.models import Obligation

BATCH = 500
PATIENCE = dt.timedelta(seconds=30)  # younger ones are on their way
PAST = dt.timedelta(days=14)
A_DAY = dt.timedelta(days=1)
OUTAGE = dt.timedelta(days=92)
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


@shared_task
def issue_certificates() -> None:
    """Issue the certificates of what has ended, also after a long outage; a later correction issues its own."""
    now = timezone.now()
    ended = (now.date() - OUTAGE, now.date() + A_DAY)
    recent = list(Offering.objects.filter(ends_on__range=ended, cancelled_at=None).values_list("pk", flat=True))
    attended = Enrollment.objects.filter(offering__in=recent, state=Enrollment.State.ATTENDED)
    lacking = attended.filter(certificate__isnull=True)
    for pk in lacking.order_by("offering").values_list("offering", flat=True).distinct():
        actions.issue_all(pk, now)


@shared_task
def tell_of_certificates() -> None:
    """Mail those whose certificate stands for some minutes."""
    for pk in Certificate.objects.to_tell(timezone.now()).order_by("issued_at").values_list("pk", flat=True)[:BATCH]:
        tasks.tell_of_certificate.delay(pk)


@shared_task
def ask_for_door_lists() -> None:
    """Who teaches owes the door list from the first day, and is reminded a day after the end, for two weeks."""
    now = timezone.now()
    begun = Offering.objects.filter(ends_on__gte=now.date() - PAST, starts_on__lte=now.date() + A_DAY)
    for offering in begun.filter(cancelled_at=None, seats_taken__gt=0).for_page():
        actions.ask_for_door_list(offering, now)
    late = Obligation.objects.open().filter(key__startswith="door:", due_at__lt=now - PAST)
    call_off(*late.values_list("key", flat=True))


@shared_task
def print_waiting() -> None:
    """Queue again every book of certificates that nobody makes."""
    queue_waiting(CertificateBook, tasks.print_book)


@shared_task
def clean_prints() -> None:
    """Take away books of certificates that nobody has opened for a month."""
    clean_unused(CertificateBook)


@shared_task
def follow_to_work() -> None:
    """Ask who goes why, who was there for a plan, and who planned whether they did it."""
    now = timezone.now()
    for ask in (actions.ask_for_purposes, actions.ask_for_plans, actions.ask_follow_ups):
        while ask(now, limit=BATCH) == BATCH:
            pass
    actions.close_purposes(now, past=PAST)
    actions.close_plans(now)
