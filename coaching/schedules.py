"""Planners that beat wakes: the database says what is due."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from partners.actions import call_off, settle
from partners.models import Obligation

MOST = 10_000  # in one round; the next comes in an hour
GRACE = dt.timedelta(days=1)


@shared_task
def close_over() -> None:
    """What is owed for a visit ends with it: being there is done, confirming it a day after it began is of no use."""
    now = timezone.now()
    owed = Obligation.objects.open().filter(key__startswith="visit:").values_list("key", flat=True)
    settle(*owed.filter(key__contains=":soon:", due_at__lte=now)[:MOST])
    call_off(*owed.filter(key__contains=":confirm:", due_at__lte=now - GRACE)[:MOST])
