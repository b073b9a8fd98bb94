"""Somebody else goes instead, or somebody goes at another date: no seat and no place in the line is lost on the way."""

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.ending import cancel
from courses.actions.locking import fresh, lock
from courses.actions.refusals import AlreadyAsked, AlreadyEnded, Full, NotForThisPartner, TooLate, check_alive
from courses.actions.seating import enroll, partner_of
from courses.models import Enrollment, Offering
from partners.models import Person

State = Enrollment.State
KEPT = ("state", "partner", "group", "approved_at", "moved_up_at", "moved_up_by", "moved_up_because", "over_because")
KEPT_OF_AN_OFFER = ("offered_at", "offered_until")


@transaction.atomic
def substitute(enrollment: Enrollment, *, person: Person, by: Person) -> Enrollment:
    """Let another person of the same partner take over the seat, the offer or the place in the line; returns theirs.

    Until the offering begins. Again: nothing. Raises TooLate, AlreadyEnded, AlreadyAsked, NotForThisPartner.
    """
    offering, now = lock(enrollment.offering_id), timezone.now()
    enrollment = fresh(enrollment, offering)
    present = Enrollment.objects.living().filter(offering=offering, person=person).first()
    if present and enrollment.state == State.CANCELLED and present.instead_of_id == enrollment.pk:
        return present
    check_alive(offering, now)
    if offering.starts_at <= now:
        raise TooLate(f"{offering} has begun. Nobody can come instead any more.")
    if enrollment.state not in {State.APPROVED, State.OFFERED, State.ENROLLED}:
        raise AlreadyEnded(f"{enrollment.person} has no place to give: {enrollment.get_state_display().lower()}.")
    if present:
        raise AlreadyAsked(f"{person} is on the list already. Choose somebody else.")
    at = partner_of(person, offering, by=by)
    if at != enrollment.partner:
        raise NotForThisPartner(
            f"Only somebody of {enrollment.partner or 'LEI'} can go instead of {enrollment.person}."
        )
    return _hand_over(enrollment, person, by=by)


def _hand_over(enrollment: Enrollment, person: Person, *, by: Person) -> Enrollment:
    """The caller holds the lock; the seat is given back and taken in the same moment, so nobody moves up."""
    now, state = timezone.now(), enrollment.state
    kept = KEPT + (KEPT_OF_AN_OFFER if state == State.OFFERED else ())
    taken_over = {name: getattr(enrollment, name) for name in kept}
    enrollment.state, enrollment.reason, enrollment.to_tell_at = State.CANCELLED, f"{person} goes instead.", now
    enrollment.cancelled_at, enrollment.cancelled_by = now, by
    enrollment.save(update_fields=["state", "reason", "cancelled_at", "cancelled_by", "to_tell_at"])
    new = Enrollment.objects.create(
        offering=enrollment.offering,
        person=person,
        asked_by=by,
        approved_by=by,
        enrolled_at=now if state == State.ENROLLED else None,
        instead_of=enrollment,
        to_tell_at=now,
        **taken_over,
    )
    for pk in (enrollment.pk, new.pk):
        telling.answered(pk)
    return new


@transaction.atomic
def move(enrollment: Enrollment, *, to: Offering, by: Person, reason: str) -> Enrollment:
    """Let the person go at another date instead; returns the new enrollment.

    Who has a seat moves only to a free one, so that none is lost. Moving again to where one is changes nothing. Raises
    Full, AlreadyEnded, and the refusals of `enroll`.
    """
    locked = {pk: lock(pk) for pk in sorted({enrollment.offering_id, to.pk})}  # always in this order: no deadlock
    enrollment = fresh(enrollment, locked[enrollment.offering_id])
    if enrollment.offering_id == to.pk:
        return enrollment
    if enrollment.state not in {State.ASKED, State.APPROVED, State.OFFERED, State.ENROLLED}:
        raise AlreadyEnded(f"{enrollment.person} cannot be moved: {enrollment.get_state_display().lower()}.")
    had_seat = enrollment.state in {State.OFFERED, State.ENROLLED}
    new = enroll(locked[to.pk], person=enrollment.person, by=by, because=enrollment.over_because)
    if had_seat and not new.has_seat:
        raise Full(f"{to} is full. {enrollment.person} keeps the seat.")
    cancel(enrollment, by=by, reason=f"Moved to {to}. {reason}"[:300], is_moved=True)
    return new
