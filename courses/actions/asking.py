"""A learner asks, also late; the change agent may say no."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.late import WRONG_CODE
from courses.actions.locking import fresh, lock
from courses.actions.refusals import (
    AlreadyEnded,
    EnrollmentClosed,
    WithoutPartner,
    already,
    check_alive,
    check_fits,
    check_open,
)
from courses.actions.seating import approve, check_allotted, partner_of
from courses.models import Enrollment, Offering
from partners.lib.calendars import day_words
from partners.models import Partner, Person

State = Enrollment.State


@dataclass(frozen=True)
class Plea:
    """Why somebody comes late, and the code that LEI gave out, as typed; "" where nothing was written."""

    because: str = ""
    code: str = ""


@transaction.atomic
def ask(offering: Offering, *, by: Person, late: Plea | None = None) -> Enrollment:
    """Ask for a seat for oneself; the change agents of one's partner owe the answer. Who is one has it at once.

    After the freeze date only with `late`: with the right code as before it, else LEI decides after the partner.
    Raises AlreadyAsked, WithoutPartner, and the refusals of `check_open` and `check_fits`.
    """
    offering = lock(offering.pk)
    present = Enrollment.objects.living().filter(offering=offering, person=by).first()
    if present is not None:
        raise already(present)
    plea = _check_asked(offering, late, by=by)
    partner = partner_of(by, offering)
    check_fits(offering, partner)
    if partner is None:
        raise WithoutPartner("Only people of a partner ask for a seat. LEI's own people are enrolled by LEI's staff.")
    return _ask_for(offering, by, partner, plea, by=by)


@transaction.atomic
def ask_late(offering: Offering, *, people: Sequence[Person], by: Person, late: Plea) -> list[Enrollment]:
    """Ask late for co-workers: all or none. A change agent's asking is the partner's yes.

    Raises AlreadyAsked for one who is on the list, and the refusals of `ask`.
    """
    offering = lock(offering.pk)
    plea = _check_asked(offering, late, by=by)
    why = str(plea["late_because"]) or "They came in by the code."
    over = check_allotted(offering, people, by=by, because=why)
    rows = []
    for person in people:
        present = Enrollment.objects.living().filter(offering=offering, person=person).select_related("person").first()
        if present is not None:
            raise already(present)
        partner = partner_of(person, offering, by=by)
        check_fits(offering, partner)
        if partner is None:
            raise WithoutPartner(f"{person} is at no partner now. Ask LEI's staff to enroll them.")
        rows.append(_ask_for(offering, person, partner, plea | {"over_because": over}, by=by))
    return rows


def _check_asked(offering: Offering, late: Plea | None, *, by: Person) -> dict[str, str | bool]:
    """What the enrollment says of its being late: nothing while the offering is open. Raises when it is too late."""
    now = timezone.now()
    if late is None or not offering.takes_late(now):
        check_open(offering, now, by=by)
        return {"late_because": "", "let_in_by_code": False}
    opens = offering.opens_with(late.code)
    because = late.because or (WRONG_CODE if late.code else "")
    if not (opens or because):
        raise EnrollmentClosed(
            f"Enrollment closed on {day_words(offering.enroll_until)}. Write why it is asked for so late: LEI decides."
        )
    return {"late_because": because, "let_in_by_code": opens}


def _ask_for(
    offering: Offering, person: Person, partner: Partner, fields: dict[str, str | bool], *, by: Person
) -> Enrollment:
    row = Enrollment.objects.create(offering=offering, person=person, partner=partner, asked_by=by, **fields)
    agents = list(Person.objects.change_agents_of(partner))
    if by in agents:
        return approve(row, by=by)
    telling.ask_for_answer(row, agents)
    return row


@transaction.atomic
def try_code(enrollment: Enrollment, code: str) -> bool:
    """Whether the code lets in a late request that waits; then it goes on as one that came in time.

    A wrong one changes nothing: the request waits as before. Raises AlreadyEnded when it waits no more.
    """
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    check_alive(offering, timezone.now())
    if enrollment.state == State.ASKED and enrollment.is_late and not offering.opens_with(code):
        return False
    if enrollment.state == State.ASKED and enrollment.is_late:
        enrollment.let_in_by_code = True
        enrollment.save(update_fields=["let_in_by_code"])
        if enrollment.passed_on_by:
            approve(enrollment, by=enrollment.passed_on_by)
    elif not enrollment.let_in_by_code:
        raise AlreadyEnded(f"The request of {enrollment.person} waits for no code.")
    return True


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
