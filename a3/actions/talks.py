"""Asking to talk: one proposes times, the other takes one, declines with words, or proposes others."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from a3 import calendars, clocks, mails
from a3.actions.holding import kept, reads
from a3.models import Talk
from partners.actions import call_off, owe, post, settle
from partners.models import Person

REMINDED_AFTER = (1, 3, 7)  # days without an answer
NOTICE = dt.timedelta(hours=20)  # before the talk both are reminded of it


class TalkChanged(Exception):
    """The talk is not any more what it was when the page was opened."""


class CannotTalk(Exception):
    """The other one is not on the sheet (any more), or was asked already."""


@transaction.atomic
def ask_to_talk(talk: Talk, *, by: Person) -> Talk:
    """Propose one to three times to somebody else who is named on the sheet.

    `talk` is not saved yet and says sheet, whom, times, minutes and note. Raises CannotTalk, NotAsSeen.
    """
    talk.sheet, to = kept(talk.sheet), talk.asked_of
    if to == by or to not in talk.sheet.named or not reads(to, talk.sheet):
        raise CannotTalk(f"{to.name} is not on this sheet now. Choose its owner, coach or sponsor.")
    talk.asked_by = talk.offered_by = by
    talk.offered_times = sorted(talk.offered_times)
    try:
        with transaction.atomic():
            talk.save()
    except IntegrityError as error:
        raise CannotTalk(f"You have asked {to.name} already. Open that talk to propose other times.") from error
    _await_answer(talk)
    _tell(talk, to, "asked")
    return talk


@transaction.atomic
def accept_time(talk: Talk, *, at: dt.datetime, by: Person) -> Talk:
    """Take one of the times on offer; both get an invitation for their calendars. Raises TalkChanged.

    The time that was taken already, taken again, changes nothing.
    """
    talk = _locked(talk)
    if at == talk.starts_at and not talk.offered_times:
        return talk
    if talk.awaited != by or at not in talk.offered_times or at <= timezone.now():
        raise TalkChanged("This time is not on offer any more. Nothing was changed.")
    talk.starts_at, talk.offered_times = at, []
    _save(talk)
    settle(_answer_key(talk))
    for person in (talk.asked_by, talk.asked_of):
        _owe_being_there(talk, person, at)
        _tell(talk, person, "agreed", calendar="REQUEST")
    return talk


@transaction.atomic
def offer_times(talk: Talk, *, times: Sequence[dt.datetime], by: Person, note: str = "") -> Talk:
    """Propose other times, also for a talk that has one: that stays until the other takes a new one.

    The same proposed again changes nothing. Raises TalkChanged.
    """
    talk = _locked(talk)
    if (talk.offered_by, talk.offered_times, talk.note) == (by, sorted(times), note):
        return talk
    talk.offered_by, talk.offered_times, talk.note = by, sorted(times), note
    _save(talk)
    _await_answer(talk)
    _tell(talk, talk.other(by), "offered")
    return talk


@transaction.atomic
def decline(talk: Talk, *, by: Person, words: str) -> Talk:
    """Take none of the times on offer. A talk that has a time keeps it, one that has none ends. Raises TalkChanged."""
    talk = _locked(talk)
    if talk.awaited != by:
        raise TalkChanged("Nothing waits for your answer here any more. Nothing was changed.")
    talk.offered_times, talk.end_words = [], words
    if talk.starts_at is None:
        talk.ended_at, talk.ended_by = timezone.now(), by
    _save(talk)
    settle(_answer_key(talk))
    _tell(talk, talk.other(by), "declined")
    return talk


@transaction.atomic
def cancel_talk(talk: Talk, *, by: Person, words: str) -> Talk:
    """Call the talk off, agreed or only asked for; calendars that have it drop it. Raises TalkChanged."""
    talk = _locked(talk)
    talk.offered_times, talk.end_words, talk.ended_at, talk.ended_by = [], words, timezone.now(), by
    _save(talk)
    call_off(_answer_key(talk), *[_soon_key(talk, person) for person in (talk.asked_by, talk.asked_of)])
    was_agreed = talk.starts_at is not None
    for person in (talk.asked_by, talk.asked_of) if was_agreed else (talk.other(by),):
        _tell(talk, person, "cancelled", calendar="CANCEL" if was_agreed else "")
    return talk


def _locked(talk: Talk) -> Talk:
    Talk.objects.select_for_update(no_key=True).get(pk=talk.pk)
    talk = Talk.objects.select_related("sheet__partner", "asked_by", "asked_of", "offered_by").get(pk=talk.pk)
    if talk.ended_at:
        raise TalkChanged("This talk was called off in the meantime. Nothing was changed.")
    return talk


def _save(talk: Talk) -> None:
    talk.sequence += 1
    talk.changed_at = timezone.now()
    talk.save()


def _tell(talk: Talk, to: Person, deed: str, *, calendar: str = "") -> None:
    """Mail it, unless they have left the partner: then only their calendar hears that there will be no talk."""
    if calendar != "CANCEL" and not reads(to, talk.sheet):
        return
    post(
        mails.talk(talk, to, deed=deed),
        key=f"talk:{talk.pk}:seq:{talk.sequence}:to:{to.pk}",
        to=to,
        calendar=calendars.invitation(talk, to, method=calendar) if calendar else "",
        calendar_method=calendar,
    )


def _await_answer(talk: Talk) -> None:
    other = talk.other(talk.offered_by)
    now = timezone.now()
    owe(
        other,
        key=_answer_key(talk),
        partner=talk.sheet.partner,
        words=f"Say when you talk with {talk.offered_by.name} about “{talk.sheet.title}”",
        why=f"{talk.offered_by.name} proposes to talk.",
        detail=talk.note,
        url=talk.get_absolute_url(),
        verb="Choose a time",
        asked_by=talk.offered_by,
        due_at=max(talk.offered_times),
        reminders_at=[now + dt.timedelta(days=days) for days in REMINDED_AFTER],
    )


def _owe_being_there(talk: Talk, person: Person, at: dt.datetime) -> None:
    other = talk.other(person)
    owe(
        person,
        key=_soon_key(talk, person),
        partner=talk.sheet.partner,
        words=f"Talk with {other.name} about “{talk.sheet.title}”, {clocks.words_for(at, person, other)}",
        why="You two agreed on this time.",
        url=talk.get_absolute_url(),
        verb="Open",
        due_at=at + dt.timedelta(minutes=talk.minutes),
        reminders_at=[at - NOTICE],
    )


def _answer_key(talk: Talk) -> str:
    return f"talk:{talk.pk}:answer"


def _soon_key(talk: Talk, person: Person) -> str:
    return f"talk:{talk.pk}:soon:{person.pk}"
