"""Approving and enrolling: a seat at once where one is free, else a place in the line."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.allotting import over_by
from courses.actions.attending import agree_all
from courses.actions.late import pass_on
from courses.actions.line import fill, partner_of_all, seats_of
from courses.actions.locking import fresh, lock
from courses.actions.refusals import (
    AlreadyAsked,
    AlreadyEnded,
    OverAllotment,
    WithoutPartner,
    check_alive,
    check_fits,
    check_open,
)
from courses.models import Enrollment, Group, Offering
from courses.models.enrollments import ENDED
from partners.models import Partner, Person

State = Enrollment.State


def approve(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Say yes to a request: the person gets a seat at once if one is free, else waits in the order of approval.

    A late request goes on to LEI's staff, unless they are who approves. Again: nothing. Raises AlreadyEnded,
    OfferingCancelled, OfferingOver.
    """
    if enrollment.state == State.ASKED:
        check_alive(enrollment.offering, timezone.now())
        if enrollment.is_late and not by.sees_all_partners:
            return pass_on(enrollment, by=by)
        state = Enrollment.objects.approve(enrollment.pk, by=by)
        if state:  # who had no seat to get needs no other look: who frees one looks for them under the same lock
            telling.answered(enrollment.pk)
        else:
            _approve_by_hand(enrollment, by=by)
    return _living(enrollment)


@transaction.atomic
def enroll(offering: Offering, *, person: Person, by: Person, because: str = "") -> Enrollment:
    """Put a person down without their asking; who asked is approved. A seat if one is free, else a place in the line.

    Enrolling again changes nothing. `because` is why, when it goes beyond what the partner was allotted. LEI's staff
    may do so after enrollment has closed. Raises the refusals of `check_open` and `check_fits`, and WithoutPartner when
    a change agent names somebody of no partner.
    """
    present = Enrollment.objects.living().filter(offering=offering, person=person).first()
    if present is not None and Enrollment.objects.approvable_by(by).filter(pk=present.pk).exists():
        return approve(present, by=by)
    if present is not None:
        raise WithoutPartner(f"{person} has asked through another partner, which answers. Nothing was changed.")
    offering = Offering.objects.select_related("course").get(pk=offering.pk)
    check_open(offering, timezone.now(), by=by)
    partner = _partner_to_enroll(person, offering, by=by)
    try:
        with transaction.atomic():
            asked = Enrollment.objects.create(
                offering=offering, person=person, partner=partner, asked_by=by, over_because=because
            )
    except IntegrityError:  # somebody put the same person down in this very moment: theirs is there now
        return enroll(offering, person=person, by=by, because=because)
    return approve(asked, by=by)


@transaction.atomic
def enroll_all(
    offering: Offering, *, people: Sequence[Person], by: Person, together: bool = False, because: str = ""
) -> list[Enrollment]:
    """Enroll all of them or, when one is refused, none. `together`: they get their seats at once, or wait as a group.

    Raises the refusals of `enroll`; AlreadyAsked for one of a group who is on the list already; OverAllotment when a
    partner has fewer seats left in its year, unless `because` says why they go all the same.
    """
    why = check_allotted(offering, people, by=by, because=because)
    if together and len(people) > 1:
        return _enroll_group(offering, people, by=by, because=why)
    return [enroll(offering, person=person, by=by, because=why) for person in people]


def check_allotted(offering: Offering, people: Sequence[Person], *, by: Person, because: str) -> str:
    """Return the reason, if one is needed: these go beyond what their partner has left."""
    new = set(people) - set(Person.objects.filter(enrollments__in=offering.enrollments.living()))
    partners = Counter(partner_of(person, offering, by=by) for person in new)
    over = [words for at, number in partners.items() if at and (words := over_by(at, offering.starts_on, number))]
    if over and not because:
        raise OverAllotment(f"{' '.join(over)} Write why they go all the same.")
    return because if over else ""


def _enroll_group(offering: Offering, people: Sequence[Person], *, by: Person, because: str) -> list[Enrollment]:
    offering = lock(offering.pk)
    check_open(offering, timezone.now(), by=by)
    on_list = Enrollment.objects.living().filter(offering=offering, person__in=people).select_related("person").first()
    if on_list:
        raise AlreadyAsked(f"{on_list.person} is on the list already. Leave them out of the group.")
    partners = {person: _partner_to_enroll(person, offering, by=by) for person in people}
    group = Group.objects.create(offering=offering, partner=_only(partners.values()), made_by=by)
    more = {"offering": offering, "asked_by": by, "group": group, "over_because": because}
    rows = [Enrollment.objects.create(person=person, partner=partners[person], **more) for person in people]
    _seat(rows, offering, by=by)
    return rows


@transaction.atomic
def revise(offering: Offering) -> None:
    """After its dates or capacity were changed: offer new seats, remind at the new dates, and weigh who was there."""
    fill(offering.pk)
    agree_all(lock(offering.pk))
    seated = Enrollment.objects.filter(offering=offering, state=State.ENROLLED)
    seated.update(to_tell_at=timezone.now())
    for pk in seated.values_list("pk", flat=True):
        telling.changed(pk)


def partner_of(person: Person, offering: Offering, *, by: Person | None = None) -> Partner | None:
    """The partner at which the person works now; of several, the one for which the offering is kept.

    When a change agent enrolls (`by`), only the partners they lead count.
    """
    at = Partner.objects.filter(pk__in=person.works_at())
    if by is not None and by != person and not by.sees_all_partners:
        at = at.led_by(by)
    found = list(at)
    return next((partner for partner in found if partner.pk == offering.partner_id), found[0] if found else None)


def _partner_to_enroll(person: Person, offering: Offering, *, by: Person) -> Partner | None:
    """The partner for which `by` may enroll this person. Raises NotForThisPartner, WithoutPartner."""
    partner = partner_of(person, offering, by=by)
    check_fits(offering, partner)
    if partner is None and not by.sees_all_partners:
        raise WithoutPartner(f"{person} is at no partner now. Ask LEI's staff to enroll them.")
    return partner


def _only(partners: Iterable[Partner | None]) -> Partner | None:
    found = set(partners)
    return found.pop() if len(found) == 1 else None


@transaction.atomic
def _approve_by_hand(enrollment: Enrollment, *, by: Person) -> None:
    """Approve where seats are held for partners, which one statement cannot count."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.ASKED and not offering.cancelled_at:
        _seat([enrollment], offering, by=by)


def _seat(rows: list[Enrollment], offering: Offering, *, by: Person) -> None:
    """Approve these: a seat for each if there are so many for them, else all wait. The caller holds the lock."""
    now, seats, partner = timezone.now(), seats_of(offering), partner_of_all(rows)
    state = State.ENROLLED if len(rows) <= min(seats.free, seats.free_for(partner)) else State.APPROVED
    for row in rows:
        row.state, row.approved_at, row.approved_by, row.to_tell_at = state, now, by, now
        row.enrolled_at = now if state == State.ENROLLED else None
        row.save(update_fields=["state", "approved_at", "approved_by", "enrolled_at", "to_tell_at"])
        telling.answered(row.pk)
    if state == State.ENROLLED:
        telling.holds_of(offering)


def _living(enrollment: Enrollment) -> Enrollment:
    """As it is now. Raises AlreadyEnded for what was declined, cancelled or lapsed."""
    enrollment = Enrollment.objects.select_related("offering__course", "person").get(pk=enrollment.pk)
    if enrollment.state in ENDED:
        raise AlreadyEnded(
            f"The request of {enrollment.person} was {enrollment.get_state_display().lower()} before. Enroll them anew."
        )
    return enrollment
