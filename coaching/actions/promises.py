"""Promises: made and changed while one walks, owed by their owner until they are kept, and what became of them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from coaching.actions.recording import record, remove
from coaching.actions.refusals import Refused
from coaching.models import Outcome, Promise
from partners import actions as floor
from partners.models import Obligation, Person

BY = dt.time(17)  # of the day it is due, as the site counts hours
REMINDED = dt.time(8)
REMINDED_AFTER = (-3, 0, 7)  # days from the day it is due


class SaidOtherwise(Refused):
    """Somebody else has said what became of the promise since it was shown."""

    def __init__(self, now: Promise) -> None:
        who = now.said_by.name if now.said_by else "Somebody"
        what = "that it is open" if now.is_open else now.get_outcome_display().lower()
        super().__init__(f"{who} has said meanwhile: {what}. Look at it again, then repeat what you meant.")


@transaction.atomic
def promise(
    piece: Promise, said: dict[str, Any], *, revision: int, by: Person, writing: tuple[str, int] = ("", 0)
) -> Promise:
    """Write a promise down, or change it, and let its owner owe it. Raises as `record` does."""
    row = record(piece, said, revision=revision, by=by, writing=writing)
    follow(row)
    return row


@transaction.atomic
def drop(piece: Promise, *, revision: int, by: Person, writing: tuple[str, int] = ("", 0)) -> Promise:
    """Nobody holds anybody to it any more. Raises Clash when somebody else has changed it since."""
    row = remove(piece, revision=revision, by=by, writing=writing)
    floor.call_off(row.key)
    return row


@transaction.atomic
def answer_promise(promise: Promise, outcome: str, *, seen: str, by: Person, words: str = "") -> Promise:
    """Say whether a promise was kept, or with "" that this is open again. `seen` is the outcome that `by` was shown.

    Said twice it changes nothing. Raises SaidOtherwise.
    """
    now = Promise.objects.standing().select_for_update(of=("self",)).select_related("said_by").get(pk=promise.pk)
    if (now.outcome, now.outcome_words) == (outcome, words if outcome else ""):
        return now
    if seen not in {now.outcome, outcome} or now.outcome not in {seen, outcome}:
        raise SaidOtherwise(now)
    now.outcome, now.outcome_words = outcome, words if outcome else ""
    now.said_at, now.said_by = (timezone.now(), by) if outcome else (None, None)
    now.save(update_fields=["outcome", "outcome_words", "said_at", "said_by"])
    follow(now)
    return now


def follow(promise: Promise) -> None:
    """Bring what its owner owes up to date; what stands as it should is left alone, with its reminders."""
    if promise.is_kept:
        floor.settle(promise.key)
    elif promise.is_removed or promise.outcome == Outcome.NOT_KEPT:
        floor.call_off(promise.key)
    elif not _stands(promise):
        _owe(promise)


def _stands(promise: Promise) -> bool:
    owed = Obligation.objects.open().filter(key=promise.key).first()
    return owed is not None and (owed.person_id, owed.words, owed.due_at) == (
        promise.owner_id,
        _words(promise),
        _moment(promise, BY),
    )


def _owe(promise: Promise) -> None:
    visit = promise.visit
    floor.owe(
        promise.owner,
        key=promise.key,
        partner=visit.site.partner,
        words=_words(promise),
        detail=f"{visit.get_kind_display()} at {visit.site}, {visit.first_day:%-d %b %Y}.",
        why="It was agreed at this visit, with your name beside it.",
        url=promise.get_absolute_url(),
        verb="Say how it stands",
        asked_by=promise.written_by if promise.written_by_id != promise.owner_id else None,
        due_at=_moment(promise, BY),
        reminders_at=[_moment(promise, REMINDED, after=days) for days in REMINDED_AFTER],
    )


def _words(promise: Promise) -> str:
    return f"Keep the promise: {promise.words}"[:200]


def _moment(promise: Promise, clock: dt.time, *, after: int = 0) -> dt.datetime:
    """That hour of the day it is due, or some days after, at the site."""
    return dt.datetime.combine(promise.due_on + dt.timedelta(days=after), clock, promise.visit.site.tzinfo)
