"""What follows at once from a change of an enrollment; the mail and the reminder come from the worker."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from courses import mails, tasks
from courses.models import Attendance, Enrollment, Hold, Offering
from partners.actions import call_off, owe, settle
from partners.lib.calendars import day_words
from partners.lib.queueing import enqueue
from partners.models import Obligation, Person

PATIENCE = dt.timedelta(days=3)
A_DAY, SHORTLY = dt.timedelta(days=1), dt.timedelta(minutes=5)
DOOR_PATIENCE = dt.timedelta(days=3)
WARNINGS = (dt.timedelta(days=7), dt.timedelta(days=1))  # before seats that are held are let go


def ask_for_answer(enrollment: Enrollment, agents: list[Person]) -> None:
    """Each change agent owes an answer, until one of them has given it."""
    offering, person = enrollment.offering, enrollment.person
    for agent in agents:
        owe(
            agent,
            key=f"enrollment:{enrollment.pk}:approve:{agent.pk}",
            partner=enrollment.partner,
            words=f"Approve {person.name} for {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}{_late_words(enrollment)}",
            why=f"You are change agent of {enrollment.partner}.",
            url=offering.get_absolute_url(),
            verb="Answer",
            asked_by=person,
            due_at=offering.starts_at,
            reminders_at=[enrollment.asked_at + PATIENCE],
        )


def _late_words(enrollment: Enrollment) -> str:
    return f". Late, LEI decides after you: {enrollment.late_because}" if enrollment.is_late else ""


def ask_lei(enrollment: Enrollment) -> None:
    """The partner has answered a late request: now LEI's staff owe the decision, until one of them has given it."""
    offering, person, now = enrollment.offering, enrollment.person, timezone.now()
    settle(*_answers(enrollment.pk))
    for staff in Person.objects.filter(is_lei_staff=True, is_active=True):
        owe(
            staff,
            key=f"enrollment:{enrollment.pk}:approve:lei:{staff.pk}",
            words=f"Decide on the late request of {person.name} for {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}. {enrollment.partner}: {enrollment.late_because}",
            why="You are of LEI's staff. It came after the freeze date.",
            url=f"{reverse('courses:approval_list')}?show=late",
            verb="Decide",
            asked_by=person,
            due_at=offering.starts_at,
            reminders_at=[now + (offering.starts_at - now) / 2, now + dt.timedelta(days=1)],
        )


def _answers(pk: int) -> list[str]:
    """Who owes the answer to a request, the partner's or LEI's: the keys."""
    owed = Obligation.objects.open().filter(key__startswith=f"enrollment:{pk}:approve:")
    return list(owed.values_list("key", flat=True))


def answered(pk: int) -> None:
    """Nobody owes an answer any more; the person is told."""
    settle(*_answers(pk))
    enqueue(tasks.tell, pk)


def send_again(enrollment: Enrollment) -> bool:
    """Send the mail that tells how it stands once more; returns whether there is one for that state."""
    if not mails.template_of(enrollment):
        return False
    enqueue(tasks.tell_again, enrollment.pk, int(timezone.now().timestamp()) // 60)
    return True


def changed(pk: int) -> None:
    """The person is told."""
    enqueue(tasks.tell, pk)


def door_list(offering: Offering, now: dt.datetime) -> None:
    """Nobody owes a door list that is complete."""
    if offering.today(now) < offering.ends_on:
        return
    keys = Obligation.objects.open().filter(key__startswith=f"door:{offering.pk}:").values_list("key", flat=True)
    if keys and not unmarked_of(offering):
        settle(*keys)


def no_door_list(offering: Offering) -> None:
    """It does not take place."""
    call_off(*Obligation.objects.open().filter(key__startswith=f"door:{offering.pk}:").values_list("key", flat=True))


def unmarked_of(offering: Offering) -> int:
    """How many marks a door list lacks: each who has a seat, on each day."""
    seated = Enrollment.objects.seated().filter(offering=offering)
    marks = Attendance.objects.of_days(offering).filter(enrollment__in=seated.values("pk"))
    return seated.count() * len(offering.dates_taught) - marks.count()


def ask_for_door_list(offering: Offering, now: dt.datetime) -> int:
    """From its first day who teaches it owes the door list, and is reminded a day after the end if it lacks a mark.

    Returns how many owe it newly. Again: none; nor once it is complete, or somebody said that it is not theirs.
    """
    if offering.today(now) < offering.starts_on or not unmarked_of(offering):
        return 0
    prefix, ends = f"door:{offering.pk}:", offering.ends_at
    asked = set(Obligation.objects.filter(key__startswith=prefix).values_list("key", flat=True))
    teaching = {f"{prefix}{person.pk}": person for person in offering.instructors.all()}
    call_off(*asked - teaching.keys())
    owing = [person for key, person in teaching.items() if key not in asked]
    for person in owing:
        owe(
            person,
            key=f"{prefix}{person.pk}",
            words=f"Complete the door list of {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}",
            why="You teach it. Certificates go to those who are marked as there on every day.",
            url=reverse("courses:door", args=[offering.pk]),
            verb="Open",
            due_at=ends,
            reminders_at=[max(ends + A_DAY, now + SHORTLY), max(ends, now) + DOOR_PATIENCE],
        )
    return len(owing)


def holds_of(offering: Offering) -> None:
    """The change agents of a partner with unused seats owe a name for them; with none left that is done."""
    if not offering.has_holds:
        return
    unused = Hold.objects.unused_of(offering)
    for hold in Hold.objects.standing().filter(offering=offering).select_related("partner"):
        number = unused.get(hold.partner_id, 0)
        if number:
            _ask_to_use(hold, offering, number)
        else:
            settle(*_keys_of(hold))


def hold_ended(hold: Hold) -> None:
    call_off(*_keys_of(hold))


def _keys_of(hold: Hold) -> list[str]:
    return list(Obligation.objects.open().filter(key__startswith=f"hold:{hold.pk}:").values_list("key", flat=True))


def _ask_to_use(hold: Hold, offering: Offering, number: int) -> None:
    ends = dt.datetime.combine(hold.until + dt.timedelta(days=1), dt.time(), offering.tzinfo)
    seats = "1 seat" if number == 1 else f"{number} seats"
    for agent in Person.objects.change_agents_of(hold.partner):
        owe(
            agent,
            key=f"hold:{hold.pk}:{agent.pk}",
            partner=hold.partner,
            words=f"Name who takes {seats} held in {offering.course.name}",
            detail=f"{offering.dates}, {offering.where}; let go after {day_words(hold.until)}",
            why=f"You are change agent of {hold.partner}. {hold.why}",
            url=offering.get_absolute_url(),
            verb="Enroll",
            due_at=ends,
            reminders_at=[ends - before for before in WARNINGS],
        )
