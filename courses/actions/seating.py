"""Approving and enrolling, and the one engine that gives free seats to those first in line."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.locking import lock
from courses.actions.refusals import AlreadyEnded, WithoutPartner, check_alive, check_fits, check_open
from courses.models import Enrollment, Offering
from partners.models import Partner, Person

State = Enrollment.State


def approve(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Say yes to a request: the person gets a seat at once if one is free, else waits in the order of approval.

    Approving again changes nothing. Raises AlreadyEnded, OfferingCancelled, OfferingOver.
    """
    enrollment = _fresh(enrollment)
    if enrollment.state == State.ASKED:
        check_alive(enrollment.offering, timezone.now())
        state = Enrollment.objects.approve(enrollment.pk, by=by)
        if state:
            telling.answered(enrollment.pk)
        if state == State.APPROVED:
            fill(enrollment.offering_id)
        enrollment = _fresh(enrollment)
    if enrollment.state in {State.DECLINED, State.CANCELLED}:
        raise AlreadyEnded(
            f"The request of {enrollment.person} was {enrollment.get_state_display().lower()} before. Enroll them anew."
        )
    return enrollment


@transaction.atomic
def enroll(offering: Offering, *, person: Person, by: Person) -> Enrollment:
    """Put a person down without their asking; who asked is approved. A seat if one is free, else a place in the line.

    Enrolling again changes nothing. LEI's staff may do so after enrollment has closed. Raises the refusals of
    `check_open` and `check_fits`, and WithoutPartner when a change agent names somebody of no partner.
    """
    present = Enrollment.objects.living().filter(offering=offering, person=person).first()
    if present is not None and Enrollment.objects.approvable_by(by).filter(pk=present.pk).exists():
        return approve(present, by=by)
    if present is not None:
        raise WithoutPartner(f"{person} has asked through another partner, which answers. Nothing was changed.")
    offering = Offering.objects.select_related("course").get(pk=offering.pk)
    check_open(offering, timezone.now(), by=by)
    partner = partner_of(person, offering, by=by)
    check_fits(offering, partner)
    if partner is None and not by.sees_all_partners:
        raise WithoutPartner(f"{person} is at no partner now. Ask LEI's staff to enroll them.")
    asked = Enrollment.objects.create(offering=offering, person=person, partner=partner, asked_by=by)
    return approve(asked, by=by)


@transaction.atomic
def enroll_all(offering: Offering, *, people: Iterable[Person], by: Person) -> list[Enrollment]:
    """Enroll all of them or, when one is refused, none."""
    return [enroll(offering, person=person, by=by) for person in people]


@transaction.atomic
def revise(offering: Offering) -> None:
    """After its dates or capacity were changed: fill new seats, and remind at the new dates."""
    fill(offering.pk)
    seated = Enrollment.objects.filter(offering=offering, state=State.ENROLLED)
    seated.update(to_tell_at=timezone.now())
    for pk in seated.values_list("pk", flat=True):
        telling.changed(pk)


def fill(offering_pk: int) -> None:
    """Give free seats to those who wait, if there are both; else this costs one query and no lock."""
    free = Offering.objects.filter(pk=offering_pk).with_free_seats()
    if Enrollment.objects.waiting().filter(offering__in=free).exists():
        with transaction.atomic():
            move_up(lock(offering_pk), timezone.now())


def move_up(offering: Offering, now: dt.datetime) -> None:
    """Give each free seat to the first in line; the caller holds the lock of a freshly read offering.

    Nobody moves up once the offering has begun or is cancelled.
    """
    if offering.left < 1 or offering.cancelled_at or offering.starts_at <= now:
        return
    for enrollment in Enrollment.objects.waiting().filter(offering=offering)[: offering.left]:
        enrollment.state, enrollment.enrolled_at, enrollment.to_tell_at = State.ENROLLED, now, now
        enrollment.save(update_fields=["state", "enrolled_at", "to_tell_at"])
        telling.changed(enrollment.pk)


def partner_of(person: Person, offering: Offering, *, by: Person | None = None) -> Partner | None:
    """The partner at which the person works now; of several, the one for which the offering is kept.

    When a change agent enrolls (`by`), only the partners they lead count.
    """
    at = Partner.objects.filter(pk__in=person.works_at())
    if by is not None and by != person and not by.sees_all_partners:
        at = at.led_by(by)
    found = list(at)
    return next((partner for partner in found if partner.pk == offering.partner_id), found[0] if found else None)


def _fresh(enrollment: Enrollment) -> Enrollment:
    return Enrollment.objects.select_related("offering__course", "person").get(pk=enrollment.pk)
