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
def cancel(enrollment: Enrollment, *, by: Person, reason: str, is_moved: bool = False) -> Enrollment:
    """Give the request, the place in the line or the seat back; a freed seat is offered to the first in line.

    A seat given back too late counts as used, unless the person is moved to another date.

    Cancelling again changes nothing. Raises AlreadyEnded for what was declined, lapsed or attended.
    """
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.CANCELLED:
        return enrollment
    if enrollment.state in {State.DECLINED, State.ATTENDED, State.LAPSED}:
        raise AlreadyEnded(f"{enrollment.person} cannot be cancelled: {enrollment.get_state_display().lower()}.")
    was_in_line = enrollment.state != State.ASKED
    has_seat, now = enrollment.state == State.ENROLLED, timezone.now()
    enrollment.given_back_late = has_seat and not is_moved and offering.is_late_to_give_back(now)
    _end(enrollment, by=by, reason=reason)
    if was_in_line:  # also one who waited: the others of a group may fit now
        move_up(offering, now)
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
    for pk in Enrollment.objects.filter(offering=offering, given_back_late=True).values_list("pk", flat=True):
        telling.changed(pk)  # nobody lost anything by giving it back: the ledger says so
    return len(rows)


@transaction.atomic
def waive(enrollment: Enrollment, *, by: Person, reason: str) -> Enrollment:
    """Let a seat that was given back too late not count. Again: nothing. Raises AlreadyEnded where none was."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if not enrollment.given_back_late:
        raise AlreadyEnded(f"The seat of {enrollment.person} was not given back too late. There is nothing to waive.")
    if enrollment.waived_at is None:
        enrollment.waived_at, enrollment.waived_by, enrollment.waived_because = timezone.now(), by, reason
        enrollment.save(update_fields=["waived_at", "waived_by", "waived_because"])
        telling.changed(enrollment.pk)
    return enrollment


def _end(enrollment: Enrollment, *, by: Person, reason: str) -> None:
    now = timezone.now()
    enrollment.state, enrollment.reason, enrollment.to_tell_at = State.CANCELLED, reason, now
    enrollment.cancelled_at, enrollment.cancelled_by = now, by
    fields = ["state", "reason", "cancelled_at", "cancelled_by", "to_tell_at", "given_back_late"]
    enrollment.save(update_fields=fields)
    telling.answered(enrollment.pk)
