"""Approving and enrolling, and the one engine that gives free seats to those first in line."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.locking import fresh, lock
from courses.actions.refusals import AlreadyEnded, WithoutPartner, check_alive, check_fits, check_open
from courses.models import Enrollment, Offering
from partners.models import Partner, Person

State = Enrollment.State


@transaction.atomic
def approve(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Say yes to a request: the person gets a seat at once if one is free, else waits in the order of approval.

    Approving again changes nothing. Raises AlreadyEnded, OfferingCancelled, OfferingOver.
    """
    offering = lock(enrollment.offering_id)
    now = timezone.now()  # under the lock: this is the place in the line
    enrollment = fresh(enrollment, offering)
    if enrollment.state != State.ASKED:
        _check_not_ended(enrollment)
        return enrollment
    check_alive(offering, now)
    enrollment.state, enrollment.approved_at, enrollment.approved_by = State.APPROVED, now, by
    enrollment.save(update_fields=["state", "approved_at", "approved_by"])
    telling.answered(enrollment)
    return _seat_or_wait(enrollment, now)


@transaction.atomic
def enroll(offering: Offering, *, person: Person, by: Person) -> Enrollment:
    """Put a person down without their asking; who asked is approved. A seat if one is free, else a place in the line.

    Enrolling again changes nothing. LEI's staff may do so after enrollment has closed. Raises the refusals of
    `check_open` and `check_fits`, and WithoutPartner when a change agent names somebody of no partner.
    """
    offering = lock(offering.pk)
    now = timezone.now()
    present = Enrollment.objects.living().filter(offering=offering, person=person).first()
    if present is not None:
        return approve(present, by=by)
    check_open(offering, now, by=by)
    partner = partner_of(person, offering)
    check_fits(offering, partner)
    if partner is None and not by.sees_all_partners:
        raise WithoutPartner(f"{person} is at no partner now. Ask LEI's staff to enroll them.")
    enrollment = Enrollment.objects.create(
        offering=offering,
        person=person,
        partner=partner,
        state=State.APPROVED,
        asked_at=now,
        asked_by=by,
        approved_at=now,
        approved_by=by,
    )
    return _seat_or_wait(enrollment, now)


@transaction.atomic
def enroll_all(offering: Offering, *, people: Iterable[Person], by: Person) -> list[Enrollment]:
    """Enroll all of them or, when one is refused, none."""
    return [enroll(offering, person=person, by=by) for person in people]


@transaction.atomic
def revise(offering: Offering) -> None:
    """After its dates or capacity were changed: fill new seats, and remind at the new dates."""
    offering = lock(offering.pk)
    move_up(offering, timezone.now())
    for enrollment in Enrollment.objects.filter(offering=offering, state=State.ENROLLED).select_related("person"):
        enrollment.offering = offering
        telling.remind(enrollment)


def move_up(offering: Offering, now: dt.datetime) -> list[Enrollment]:
    """Give each free seat to the first in line and tell them; the caller holds the lock of a freshly read offering.

    Nobody moves up once the offering has begun or is cancelled.
    """
    if offering.left < 1 or offering.cancelled_at or offering.starts_at <= now:
        return []
    line = Enrollment.objects.waiting().filter(offering=offering).select_related("person", "partner")
    seated = list(line[: offering.left])
    for enrollment in seated:
        enrollment.offering = offering
        enrollment.state, enrollment.enrolled_at = State.ENROLLED, now
        enrollment.save(update_fields=["state", "enrolled_at"])
        telling.enrolled(enrollment)
    offering.seats_taken += len(seated)
    return seated


def partner_of(person: Person, offering: Offering) -> Partner | None:
    """The partner at which the person works now; of several, the one for which the offering is kept."""
    partners = Partner.objects.filter(pk__in=person.assignments.current().values("site__partner"))
    found = list(partners)
    return next((partner for partner in found if partner.pk == offering.partner_id), found[0] if found else None)


def _seat_or_wait(enrollment: Enrollment, now: dt.datetime) -> Enrollment:
    for seated in move_up(enrollment.offering, now):
        if seated.pk == enrollment.pk:
            return seated
    telling.waiting(enrollment)
    return enrollment


def _check_not_ended(enrollment: Enrollment) -> None:
    if enrollment.state in {State.DECLINED, State.CANCELLED}:
        raise AlreadyEnded(
            f"The request of {enrollment.person} was {enrollment.get_state_display().lower()} before. Enroll them anew."
        )
