"""A learner asks; the change agent may say no."""

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.locking import fresh, lock
from courses.actions.refusals import AlreadyEnded, WithoutPartner, already, check_fits, check_open
from courses.actions.seating import approve, partner_of
from courses.models import Enrollment, Offering
from partners.models import Person

State = Enrollment.State


@transaction.atomic
def ask(offering: Offering, *, by: Person) -> Enrollment:
    """Ask for a seat for oneself; the change agents of one's partner owe the answer. Who is one has it at once.

    Raises AlreadyAsked, WithoutPartner, and the refusals of `check_open` and `check_fits`.
    """
    offering = lock(offering.pk)
    present = Enrollment.objects.living().filter(offering=offering, person=by).first()
    if present is not None:
        raise already(present)
    check_open(offering, timezone.now(), by=by)
    partner = partner_of(by, offering)
    check_fits(offering, partner)
    if partner is None:
        raise WithoutPartner("Only people of a partner ask for a seat. LEI's own people are enrolled by LEI's staff.")
    enrollment = Enrollment.objects.create(offering=offering, person=by, partner=partner, asked_by=by)
    agents = list(Person.objects.change_agents_of(partner))
    if by in agents:
        return approve(enrollment, by=by)
    telling.ask_for_answer(enrollment, agents)
    return enrollment


@transaction.atomic
def decline(enrollment: Enrollment, *, by: Person, reason: str) -> Enrollment:
    """Say no to a request, with a reason. Declining again changes nothing; raises AlreadyEnded when it was answered."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.DECLINED:
        return enrollment
    if enrollment.state != State.ASKED:
        raise AlreadyEnded(f"{enrollment.person} has been answered already: {enrollment.get_state_display().lower()}.")
    now = timezone.now()
    enrollment.state, enrollment.reason, enrollment.to_tell_at = State.DECLINED, reason, now
    enrollment.declined_at, enrollment.declined_by = now, by
    enrollment.save(update_fields=["state", "reason", "declined_at", "declined_by", "to_tell_at"])
    telling.answered(enrollment.pk)
    return enrollment
