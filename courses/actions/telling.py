"""What follows from a change of an enrollment: who owes what now, and the mail to the one who learns."""

import datetime as dt

from courses import mails
from courses.models import Enrollment
from partners.actions import call_off, owe, settle
from partners.models import Obligation, Person

SOON = dt.timedelta(days=7)
PATIENCE = dt.timedelta(days=3)


def asked(enrollment: Enrollment, agents: list[Person]) -> None:
    """Each change agent owes an answer, until one of them has given it."""
    offering, person = enrollment.offering, enrollment.person
    for agent in agents:
        owe(
            agent,
            key=f"enrollment:{enrollment.pk}:approve:{agent.pk}",
            words=f"Approve {person.name} for {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}",
            why=f"You are change agent of {enrollment.partner}.",
            url=offering.get_absolute_url(),
            verb="Answer",
            asked_by=person,
            due_at=offering.starts_at,
            reminders_at=[enrollment.asked_at + PATIENCE],
        )


def answered(enrollment: Enrollment) -> None:
    """Nobody owes an answer any more."""
    prefix = f"enrollment:{enrollment.pk}:approve:"
    settle(*Obligation.objects.open().filter(key__startswith=prefix).values_list("key", flat=True))


def enrolled(enrollment: Enrollment) -> None:
    """The person has a seat: a mail now, and a reminder a week before."""
    mails.tell(enrollment)
    remind(enrollment)


def remind(enrollment: Enrollment) -> None:
    """Owe the person the look a week ahead, at the dates as they are now."""
    offering = enrollment.offering
    owe(
        enrollment.person,
        key=_soon(enrollment),
        words=f"{offering.course.name} on {offering.dates}",
        detail=f"{offering.where}, {offering.hours}",
        why="You have a seat.",
        url=offering.get_absolute_url(),
        verb="Prepare",
        due_at=offering.starts_at,
        reminders_at=[offering.starts_at - SOON],
    )


def waiting(enrollment: Enrollment) -> None:
    mails.tell(enrollment)


def ended(enrollment: Enrollment) -> None:
    """Declined or cancelled: nothing is owed for it any more."""
    answered(enrollment)
    call_off(_soon(enrollment))
    mails.tell(enrollment)


def attended(enrollment: Enrollment) -> None:
    settle(_soon(enrollment))


def _soon(enrollment: Enrollment) -> str:
    return f"enrollment:{enrollment.pk}:soon"
