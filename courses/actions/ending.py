"""Giving a seat back, and calling an offering off."""

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.line import move_up
from courses.actions.locking import fresh, lock
from courses.actions.refusals import AlreadyEnded, NoSeat
from courses.models import Enrollment, Offering
from partners.models import Person

State = Enrollment.State


@transaction.atomic
def cancel(enrollment: Enrollment, *, by: Person, reason: str) -> Enrollment:
    """Give the request, the place in the line or the seat back; a freed seat is offered to the first in line.

    Cancelling again changes nothing. Raises AlreadyEnded for what was declined, lapsed or attended.
    """
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.CANCELLED:
        return enrollment
    if enrollment.state in {State.DECLINED, State.ATTENDED, State.LAPSED}:
        raise AlreadyEnded(f"{enrollment.person} cannot be cancelled: {enrollment.get_state_display().lower()}.")
    was_in_line = enrollment.state != State.ASKED
    _end(enrollment, by=by, reason=reason)
    if was_in_line:  # also one who waited: the others of a group may fit now
        move_up(offering, timezone.now())
        telling.holds_of(offering)
    return enrollment


@transaction.atomic
def turn_down(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Give the seat that is offered to the next in line. Again: nothing. Raises NoSeat when none is offered."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state not in {State.OFFERED, State.CANCELLED}:
        raise NoSeat(f"No seat is offered to {enrollment.person}: {enrollment.get_state_display().lower()}.")
    return cancel(enrollment, by=by, reason="The offered seat was given to the next in line.")


@transaction.atomic
def cancel_offering(offering: Offering, *, by: Person, reason: str) -> int:
    """Call the offering off and tell everyone who asked, waits or has a seat; returns how many. Again: none."""
    offering = lock(offering.pk)
    if offering.cancelled_at:
        return 0
    offering.cancelled_at, offering.cancelled_by, offering.cancelled_because = timezone.now(), by, reason
    offering.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because"])
    open_ones = Enrollment.objects.living().exclude(state=State.ATTENDED).filter(offering=offering)
    rows = list(open_ones.select_related("person", "partner"))
    telling.no_door_list(offering)
    for enrollment in rows:
        enrollment.offering = offering
        _end(enrollment, by=by, reason=reason)
    return len(rows)


def _end(enrollment: Enrollment, *, by: Person, reason: str) -> None:
    now = timezone.now()
    enrollment.state, enrollment.reason, enrollment.to_tell_at = State.CANCELLED, reason, now
    enrollment.cancelled_at, enrollment.cancelled_by = now, by
    enrollment.save(update_fields=["state", "reason", "cancelled_at", "cancelled_by", "to_tell_at"])
    telling.answered(enrollment.pk)
