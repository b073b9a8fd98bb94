"""A request after the freeze date: the partner says yes first, then LEI decides, and none is lost."""

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.locking import fresh, lock
from courses.models import Enrollment
from partners.models import Person

State = Enrollment.State
WRONG_CODE = "A code was given that does not hold; no other reason."


@transaction.atomic
def pass_on(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Say yes for the partner to a late request: it waits for LEI's staff from now on. Again: nothing."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.ASKED and enrollment.is_late and enrollment.passed_on_at is None:
        enrollment.passed_on_at, enrollment.passed_on_by = timezone.now(), by
        enrollment.save(update_fields=["passed_on_at", "passed_on_by"])
        telling.ask_lei(enrollment)
    return enrollment
