"""The one engine of the waiting list: what is free, who is offered it, what becomes of an offer.

The caller of `move_up` holds the offering's lock. A free seat is unused only when nobody waits whom it may be given:
those of a group that has more people than there are seats, and those for whose partner none is held.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.locking import fresh, lock
from courses.actions.refusals import AlreadyEnded, NotWaiting, OfferLapsed, check_alive
from courses.models import Enrollment, Group, Hold, Offering
from courses.models.enrollments import SEATED
from partners.models import Person

State = Enrollment.State
OFFER = dt.timedelta(hours=48)


@dataclass
class Seats:
    """The seats of a locked offering that nobody has: how many, and how many of them are held for which partner."""

    free: int
    held: dict[int, int]

    def free_for(self, partner: int | None) -> int:
        """How many people of this partner, or of none, may have a seat; below zero when more are held than free."""
        return self.free - sum(number for pk, number in self.held.items() if pk != partner)

    def take(self, partner: int | None, number: int) -> None:
        self.free -= number
        if partner in self.held:
            self.held[partner] = max(self.held[partner] - number, 0)


def seats_of(offering: Offering) -> Seats:
    """Count anew; the caller holds the lock."""
    offering.refresh_from_db(fields=["seats_taken", "has_holds"])
    return Seats(free=offering.left, held=Hold.objects.unused_of(offering))


def fill(offering_pk: int) -> None:
    """Offer free seats to those who wait, if there are both; else this costs one query and no lock."""
    free = Offering.objects.filter(pk=offering_pk).with_free_seats()
    if Enrollment.objects.waiting().filter(offering__in=free).exists():
        with transaction.atomic():
            move_up(lock(offering_pk), timezone.now())


def move_up(offering: Offering, now: dt.datetime) -> None:
    """Offer each free seat to the first in line, and hold it while the offer stands; groups get all theirs or none.

    Nobody moves up once the offering has begun or is cancelled.
    """
    if offering.cancelled_at or offering.starts_at <= now:
        return
    seats = seats_of(offering)
    if seats.free < 1:
        return
    for those in _in_line(offering):
        partner = partner_of_all(those)
        if len(those) <= min(seats.free, seats.free_for(partner)):
            seats.take(partner, len(those))
            for enrollment in those:
                _offer(enrollment, offering, now)
            if seats.free < 1:
                return


def partner_of_all(those: list[Enrollment]) -> int | None:
    """The partner all of them are of, if there is one: then they may have what is held for it."""
    partners = {enrollment.partner_id for enrollment in those}
    return partners.pop() if len(partners) == 1 else None


def _in_line(offering: Offering) -> Iterator[list[Enrollment]]:
    """Those who wait, in order: one by one, and those of a group together at the place of their first."""
    waiting = list(Enrollment.objects.waiting().filter(offering=offering).select_related("group"))
    together: dict[int, list[Enrollment]] = {}
    for row in waiting:
        if row.group and not row.group.split_at:
            together.setdefault(row.group.pk, []).append(row)
    for row in waiting:
        if not (row.group and row.group.pk in together):
            yield [row]
        elif together[row.group.pk][0] is row:
            yield together[row.group.pk]


def _offer(enrollment: Enrollment, offering: Offering, now: dt.datetime) -> None:
    """Two days to answer, close to the first day half of the time that is left."""
    enrollment.state, enrollment.offered_at, enrollment.to_tell_at = State.OFFERED, now, now
    enrollment.offered_until = now + min(OFFER, (offering.starts_at - now) / 2)
    enrollment.save(update_fields=["state", "offered_at", "offered_until", "to_tell_at"])
    telling.changed(enrollment.pk)


@transaction.atomic
def accept(enrollment: Enrollment) -> Enrollment:
    """Take the offered seat. Again: nothing. Raises OfferLapsed, NotWaiting, and the refusals of `check_alive`."""
    offering = lock(enrollment.offering_id)
    enrollment, now = fresh(enrollment, offering), timezone.now()
    if enrollment.state in SEATED:
        return enrollment
    check_alive(offering, now)
    too_late = enrollment.state == State.OFFERED and enrollment.offered_until and enrollment.offered_until <= now
    if too_late or enrollment.state == State.LAPSED:
        raise OfferLapsed("The offer has run out, and the seat went to the next in line. Ask again to join the line.")
    if enrollment.state != State.OFFERED:
        raise NotWaiting(f"No seat is offered to {enrollment.person}: {enrollment.get_state_display().lower()}.")
    enrollment.state, enrollment.enrolled_at, enrollment.to_tell_at = State.ENROLLED, now, now
    enrollment.save(update_fields=["state", "enrolled_at", "to_tell_at"])
    telling.changed(enrollment.pk)
    return enrollment


@transaction.atomic
def let_lapse(offering_pk: int, now: dt.datetime) -> int:
    """End the offers of this offering that have run out and offer their seats to the next; returns how many ended."""
    offering = lock(offering_pk)
    late = list(Enrollment.objects.offered_until(now).filter(offering=offering))
    for enrollment in late:
        enrollment.state, enrollment.to_tell_at = State.LAPSED, now
        enrollment.save(update_fields=["state", "to_tell_at"])
        telling.changed(enrollment.pk)
    if late:
        move_up(offering, now)
        telling.holds_of(offering)
    return len(late)


@transaction.atomic
def put_first(enrollment: Enrollment, *, by: Person, reason: str) -> Enrollment:
    """Let one who waits go before all who were not put first. Again: nothing. Raises NotWaiting."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state != State.APPROVED:
        raise NotWaiting(f"{enrollment.person} does not wait for a seat: {enrollment.get_state_display().lower()}.")
    if enrollment.moved_up_at is None:
        enrollment.moved_up_at, enrollment.moved_up_by, enrollment.moved_up_because = timezone.now(), by, reason
        enrollment.save(update_fields=["moved_up_at", "moved_up_by", "moved_up_because"])
        move_up(offering, timezone.now())
        enrollment.refresh_from_db(fields=["state", "offered_at", "offered_until"])
    return enrollment


@transaction.atomic
def split(group: Group, *, by: Person) -> Group:
    """Let the people of a group go one by one from now on. Again: nothing. Raises AlreadyEnded when nobody waits."""
    offering = lock(group.offering_id)
    group.refresh_from_db()
    if group.split_at:
        return group
    if not group.enrollments.waiting().exists():
        raise AlreadyEnded("Nobody of this group waits any more. There is nothing to split.")
    group.split_at, group.split_by = timezone.now(), by
    group.save(update_fields=["split_at", "split_by"])
    move_up(offering, timezone.now())
    return group
