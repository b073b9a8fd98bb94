"""Going to sessions of a Summit; what a team notes there and tries afterwards."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions.locking import lock
from courses.actions.refusals import AlreadyEnded, Full, NoSeat, check_alive
from courses.models import Enrollment, Pick, Session, Team, TeamNote, TeamTrial
from partners.actions import owe, settle
from partners.models import Person

REMIND = dt.timedelta(days=3)


@dataclass(frozen=True)
class Trial:
    """What a team tries: who, and by when. `once` keeps a double click from two."""

    words: str
    person: Person
    due_on: dt.date
    once: uuid.UUID


@transaction.atomic
def pick(session: Session, *, by: Person) -> None:
    """Go to a session; several at the same time may be picked. Again: nothing. Raises NoSeat, Full, OfferingOver."""
    offering = lock(session.offering_id)
    check_alive(offering, timezone.now())
    if not Enrollment.objects.seated().filter(offering=offering, person=by).exists():
        raise NoSeat("Only those with a seat pick their sessions.")
    if Pick.objects.filter(session=session, person=by).exists():
        return
    try:
        with transaction.atomic():
            Pick.objects.create(session=session, person=by)
    except IntegrityError as refused:
        raise Full(f"“{session}” is full. Pick another one.") from refused


def unpick(session: Session, *, by: Person) -> None:
    """Stay away from it after all. Again: nothing."""
    Pick.objects.filter(session=session, person=by).delete()


def note(team: Team, words: str, *, session: Session | None, once: uuid.UUID, by: Person) -> None:
    """Keep what one of the team saw. The same `once` again: nothing."""
    row = TeamNote(team=team, session=session, words=words, written_by=by, once=once)
    TeamNote.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def try_out(team: Team, trial: Trial, *, by: Person) -> None:
    """Say what the team tries; the person owes it. Again: nothing. Raises AlreadyEnded for who is not of the team."""
    member = team.members.filter(person=trial.person).select_related("partner").first()
    if member is None:
        raise AlreadyEnded(f"{trial.person} is not of this team. Choose one of its people.")
    row, is_new = TeamTrial.objects.get_or_create(
        once=trial.once,
        defaults={"team": team, "words": trial.words, "person": trial.person, "due_on": trial.due_on, "made_by": by},
    )
    if not is_new:
        return
    due = dt.datetime.combine(trial.due_on, dt.time(17), trial.person.tzinfo)
    owe(
        trial.person,
        key=_key(row),
        partner=member.partner,
        words=f"Try: {trial.words}",
        why=f"Your team {team.name} agreed on it at the Summit.",
        url=team.get_absolute_url(),
        verb="Open",
        asked_by=by,
        due_at=due,
        reminders_at=[due - REMIND],
    )


@transaction.atomic
def tried(trial: TeamTrial) -> None:
    """It was tried. Again: nothing."""
    TeamTrial.objects.filter(pk=trial.pk, done_at__isnull=True).update(done_at=timezone.now())
    settle(_key(trial))


def _key(trial: TeamTrial) -> str:
    return f"trial:{trial.pk}"
