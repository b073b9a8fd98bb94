"""What follows at once from a change of an enrollment; the mail and the reminder come from the worker."""

import datetime as dt

from courses import tasks
from courses.models import Enrollment
from partners.actions import owe, settle
from partners.lib.queueing import enqueue
from partners.models import Obligation, Person

PATIENCE = dt.timedelta(days=3)


def ask_for_answer(enrollment: Enrollment, agents: list[Person]) -> None:
    """Each change agent owes an answer, until one of them has given it."""
    offering, person = enrollment.offering, enrollment.person
    for agent in agents:
        owe(
            agent,
            key=f"enrollment:{enrollment.pk}:approve:{agent.pk}",
            partner=enrollment.partner,
            words=f"Approve {person.name} for {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}",
            why=f"You are change agent of {enrollment.partner}.",
            url=offering.get_absolute_url(),
            verb="Answer",
            asked_by=person,
            due_at=offering.starts_at,
            reminders_at=[enrollment.asked_at + PATIENCE],
        )


def answered(pk: int) -> None:
    """Nobody owes an answer any more; the person is told."""
    keys = Obligation.objects.open().filter(key__startswith=f"enrollment:{pk}:approve:").values_list("key", flat=True)
    settle(*keys)
    enqueue(tasks.tell, pk)


def changed(pk: int) -> None:
    """The person is told."""
    enqueue(tasks.tell, pk)
