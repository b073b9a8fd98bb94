"""Planners that beat wakes: the database says what is due."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from a3.actions import clean_unused, queue_waiting
from coaching import actions, tasks
from coaching.actions.days import partners_with_charters
from coaching.models import Charter, MemoPrint, Visit, VisitPack
from coaching.models.charters import today
from coaching.participants import visits_with_others
from partners.actions import call_off, settle
from partners.models import Obligation

BATCH = 200
MOST = 10_000  # in one round; the next comes in an hour
GRACE = dt.timedelta(days=1)
MONTH = dt.timedelta(days=30)


@shared_task
def close_over() -> None:
    """What is owed for a visit ends with it: being there is done, confirming it a day after it began is of no use."""
    now = timezone.now()
    owed = Obligation.objects.open().filter(key__startswith="visit:").values_list("key", flat=True)
    settle(*owed.filter(key__contains=":soon:", due_at__lte=now)[:MOST])
    call_off(*owed.filter(key__contains=":confirm:", due_at__lte=now - GRACE)[:MOST])
    call_off(*owed.filter(key__contains=":again:", due_at__lte=now - GRACE)[:MOST])


@shared_task
def keep_clocks() -> None:
    """Visits to come at a site whose zone was changed keep their days and clocks, coach by coach."""
    moved = Visit.objects.in_another_zone(timezone.now())
    for coach_pk in moved.order_by("coach_id").values_list("coach_id", flat=True).distinct():
        actions.keep_clocks(coach_pk)


@shared_task
def update_calendars() -> None:
    """Who joined a visit is invited, who left it has it taken out of their calendar."""
    for visit_pk in visits_with_others(timezone.now()):
        actions.update_calendars(visit_pk)


@shared_task
def look_after_charters() -> None:
    """Grant the days of years that have begun, ask for reflections, ask LEI to renew or end what ends soon."""
    day = today()
    for charter in Charter.objects.agreed().filter(begins_on__lte=day).not_over(day - MONTH):
        actions.look_after(charter, day=day)


@shared_task
def keep_days() -> None:
    """Have the ledger say what visits that are over have used, and right what it says of others."""
    for partner in partners_with_charters(today()):
        actions.keep_days_of(partner)


@shared_task
def ask_for_memos() -> None:
    """Put the memo of each visit on site that is over on its coach's list."""
    while actions.ask_for_memos(timezone.now(), limit=BATCH) == BATCH:
        pass


@shared_task
def print_waiting() -> None:
    """Queue again every print of a memo and every pack that nobody draws."""
    queue_waiting(MemoPrint, tasks.print_memo)
    queue_waiting(VisitPack, tasks.make_pack)


@shared_task
def clean_prints() -> None:
    """Take away the files that nobody has used for a month."""
    clean_unused(MemoPrint)
    clean_unused(VisitPack)
