"""Certificates: issued when a course is over to who attended, withdrawn when attendance is corrected, never two."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from courses.actions.locking import lock
from courses.models import Certificate, Enrollment
from partners.models import Person

State = Enrollment.State


def certify(enrollment: Enrollment, *, by: Person | None) -> Certificate | None:
    """Issue, withdraw or restore the certificate, as the state says; the caller holds the lock of the offering.

    While the course goes on nobody has one, also who is there on every day already. Returns a new one; its mail follows
    after a while.
    """
    known = Certificate.objects.filter(enrollment=enrollment).first()
    has_attended = enrollment.state == State.ATTENDED
    if known and known.is_valid and not has_attended:
        known.withdraw(by=by)
    elif known and has_attended and not known.is_valid:
        known.restore()
    elif known is None and has_attended and enrollment.offering.is_over(timezone.now()):
        return Certificate.objects.create(enrollment=enrollment)
    return None


@transaction.atomic
def issue_all(offering_pk: int, now: dt.datetime) -> int:
    """Issue what is lacking of an offering that is over; returns how many."""
    offering = lock(offering_pk)
    if not offering.is_over(now) or offering.cancelled_at:
        return 0
    lacking = Enrollment.objects.filter(offering=offering, state=State.ATTENDED, certificate__isnull=True)
    rows = list(lacking)
    for row in rows:
        row.offering = offering
        certify(row, by=None)
    return len(rows)
