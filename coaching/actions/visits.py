"""Placing, moving and cancelling a visit."""

import datetime as dt
from copy import copy
from functools import partial
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from coaching import mails
from coaching.actions import telling
from coaching.actions.away import move_travel_with, remove_travel_of
from coaching.actions.confirming import refuse_if_elsewhere
from coaching.actions.days import keep_days
from coaching.actions.memos import call_off_memo
from coaching.actions.overriding import override, weigh
from coaching.actions.refusals import AlreadyPlaced, HasChanged
from coaching.actions.waiving import keep_short_notice
from coaching.charters import days_by_date
from coaching.models import SheetTouched, ShortNotice, Visit, VisitRequest
from coaching.times import Slot
from partners.models import Person


@transaction.atomic
def place(visit: Visit, *, by: Person, reason: str = "") -> Visit:
    """Put a new visit on the board, tentatively, and ask both sides to confirm it.

    Raises CoachIsElsewhere when the coach is taken then, AlreadyPlaced when its request waits no longer, NeedsReason
    when something speaks against it and no `reason` is given.
    """
    visit.placed_by = by
    visit.placed_at = visit.changed_at = timezone.now()
    refuse_if_elsewhere(visit, by=by)
    if visit.request:
        _answer(visit.request, visit.placed_at)
    concerns = weigh(visit, reason=reason)
    visit.save()
    if visit.request:
        _bring_along(visit, visit.request, by)
    override(visit, concerns, reason=reason, by=by)
    telling.owe_confirmation(visit)
    if visit.series is None:
        telling.tell(visit, visit.people(), say=mails.placed, about="placed")
    return visit


class Given(TypedDict, total=False):
    """What else comes with a move: another coach, the sequence that was seen, why it is done all the same."""

    coach: Person | None
    sequence: int | None
    reason: str


@transaction.atomic
def move(visit: Visit, *, by: Person, slot: Slot, **given: Unpack[Given]) -> Visit:
    """Give the visit another time, and perhaps another coach; who did not move it confirms the change.

    The coach moving it has confirmed for LEI, a change agent for the partner, staff for nobody. Its travel days move
    along. Days that a partner person gives up later than its charter allows count all the same. Raises HasChanged,
    CoachIsElsewhere, or NeedsReason when something speaks against the new time.
    """
    reason = given.get("reason", "")
    old = standing(visit, given.get("sequence"))
    coach = given.get("coach") or old.coach
    if (old.slot, old.coach) == (slot, coach):
        return old
    new = standing(visit, old.sequence)
    new.coach = coach
    _set(new, slot)
    refuse_if_elsewhere(new, by=by)
    concerns = weigh(new, reason=reason)
    changes = {"coach": coach, "confirmed_at": None, "moved_at": timezone.now(), "moved_by": by}
    write(new, _confirmed_by_mover(new, by) | changes | vars(slot) | {"proposal": new.sequence + 1})
    override(new, concerns, reason=reason, by=by)
    _take_travel_along(old, new, by)
    late = keep_short_notice(old, new, by=by, deed=ShortNotice.Deed.MOVED, kept=days_by_date(new))
    keep_days(new, by=by)
    _tell_of_move(old, new, by, late)
    return new


@transaction.atomic
def cancel(visit: Visit, *, by: Person, reason: str, sequence: int | None = None) -> Visit:
    """Call the visit off and say why to everybody. Its request waits again when LEI cancels, else it is withdrawn.

    Later than the charter allows, its days count all the same when a partner person cancels. Raises HasChanged when it
    was moved or cancelled meanwhile.
    """
    visit = standing(visit, sequence)
    before = copy(visit)
    now = timezone.now()
    write(visit, {"cancelled_at": now, "cancelled_by": by, "cancel_reason": reason})
    remove_travel_of(visit, by=by)
    late = keep_short_notice(before, visit, by=by, deed=ShortNotice.Deed.CANCELLED)
    keep_days(visit, by=by)
    telling.call_off_all(visit)
    call_off_memo(visit)
    telling.tell_of_end(visit, _concerned(visit, late), say=partial(mails.cancelled, late=late), about="cancelled")
    if visit.request:
        answer = {"placed_at": None} if by.is_at_lei else {"withdrawn_at": now, "withdrawn_by": by}
        VisitRequest.objects.filter(pk=visit.request.pk).update(**answer)
    return visit


def _concerned(visit: Visit, late: ShortNotice | None) -> list[Person]:
    """Who takes part; and when the notice was too short, who looks after the visit at LEI and may waive that."""
    return list(dict.fromkeys([*visit.people(), *(telling.schedulers_of(visit) if late else [])]))


def _take_travel_along(old: Visit, new: Visit, by: Person) -> None:
    if old.coach_id == new.coach_id:
        move_travel_with(new, days=(new.first_day - old.first_day).days, by=by)
    else:
        remove_travel_of(new, by=by)


def _bring_along(visit: Visit, request: VisitRequest, by: Person) -> None:
    """Who was to come and what it was to be about stands on the visit from now on."""
    Visit.objects.filter(pk=visit.pk).update(others=request.others)
    visit.co_workers.set(request.co_workers.all())
    touched = (SheetTouched(visit=visit, sheet=sheet, added_by=by) for sheet in request.sheets.all())
    SheetTouched.objects.bulk_create(touched, ignore_conflicts=True)


def _answer(request: VisitRequest, now: dt.datetime) -> None:
    """The request waits no longer; raises AlreadyPlaced when somebody else was faster."""
    if not VisitRequest.objects.to_place().filter(pk=request.pk).update(placed_at=now):
        raise AlreadyPlaced


def standing(visit: Visit, sequence: int | None = None) -> Visit:
    """Return the visit as it is now, if it stands and is still the one that was seen; else raise HasChanged."""
    rows = Visit.objects.active().select_related("coach", "site__partner", "request__asked_by", "placed_by")
    found = rows.filter(pk=visit.pk).first()
    if found is None or (sequence is not None and found.sequence != sequence):
        raise HasChanged
    return found


def _set(visit: Visit, slot: Slot) -> None:
    for name, value in vars(slot).items():
        setattr(visit, name, value)


def _confirmed_by_mover(visit: Visit, by: Person) -> dict[str, Any]:
    now = timezone.now()
    coach = by == visit.coach
    partner = not by.is_at_lei
    return {
        "coach_confirmed_at": now if coach else None,
        "coach_confirmed_by": by if coach else None,
        "partner_confirmed_at": now if partner else None,
        "partner_confirmed_by": by if partner else None,
    }


def write(visit: Visit, changes: dict[str, Any]) -> None:
    """Write the changes if nobody else has written since; raises the sequence, or HasChanged."""
    changes |= {"sequence": visit.sequence + 1, "changed_at": timezone.now()}
    if not Visit.objects.active().filter(pk=visit.pk, sequence=visit.sequence).update(**changes):
        raise HasChanged
    for name, value in changes.items():
        setattr(visit, name, value)


def _tell_of_move(old: Visit, new: Visit, by: Person, late: ShortNotice | None) -> None:
    telling.call_off_all(new)
    call_off_memo(new)
    telling.owe_confirmation(new)
    invited = "REQUEST" if new.invited_at else ""
    say = partial(mails.moved, by=by, late=late)
    people = new.people()
    telling.tell(new, people, say=say, about="moved", calendar=invited)
    telling.tell(new, [person for person in _concerned(new, late) if person not in people], say=say, about="moved")
    if old.coach != new.coach:
        old.sequence = new.sequence
        withdrawn = "CANCEL" if new.invited_at else ""
        telling.tell(old, [old.coach], say=partial(mails.given_away, by=by), about="given", calendar=withdrawn)
