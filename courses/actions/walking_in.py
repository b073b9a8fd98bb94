"""Somebody comes without a seat and stays: put down and noted as there, in one go."""

from django.db import transaction
from django.utils import timezone

from courses.actions.attending import Mark, mark
from courses.actions.line import accept
from courses.actions.refusals import Full
from courses.actions.seating import enroll
from courses.models import Enrollment, Offering
from partners.models import Person

State = Enrollment.State


@transaction.atomic
def walk_in(offering: Offering, *, person: Person, by: Person) -> Enrollment:
    """Give who walked in a seat, and note that they are there today. Again: nothing.

    Raises Full when no seat is left, and the refusals of `enroll`; then nothing is changed.
    """
    row = enroll(offering, person=person, by=by)
    if row.state == State.OFFERED:
        row = accept(row)
    if not row.has_seat:
        raise Full(
            f"All {offering.capacity} seats are taken. Give the offering one more in the admin, or cancel the seat of "
            f"somebody who does not come; then put {person} down."
        )
    today = offering.today(timezone.now())
    if offering.starts_on <= today <= offering.ends_on:
        mark(row, Mark(today, present=True), by=by)
    return row
