"""Passing the ball: a frozen copy, the next person's turn, and word to them; and taking it back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from a3 import mails
from a3.actions.holding import locked, reads, tell
from a3.actions.states import BEFORE_COACHING, enter_along
from a3.contents import content_of
from a3.models import Round, Sheet, State, TakeBack
from partners.actions import owe, post
from partners.models import Obligation, Person

REMINDED_AFTER = (3, 7, 14)  # days with the same person


class NotYourBall(Exception):
    """It is somebody else's turn, perhaps since a moment ago."""


class NotNamed(Exception):
    """The ball goes to another of those the sheet names: owner, coach, sponsor."""


@transaction.atomic
def hand_over(sheet: Sheet, *, to: Person, by: Person, note: str = "") -> Round:
    """Freeze what the sheet says as a round and make it the turn of `to`, who is told by mail and reminded later.

    A draft handed to its coach enters “in coaching” with it. Raises NotYourBall when `by` does not hold the ball (any
    more), NotNamed when `to` is not on the sheet or has left its partner.
    """
    sheet = locked(sheet)
    if sheet.is_archived:
        raise NotYourBall("The sheet is in the archive: nothing moves on it until it is taken back from there.")
    if sheet.ball != by:
        raise NotYourBall(f"It is {sheet.ball.name}'s turn: the ball has moved already. Nothing was changed.")
    if to == by or to not in sheet.named or not reads(to, sheet):
        raise NotNamed(f"{to.name} is not on this sheet now. Choose its owner, coach or sponsor.")
    frozen = freeze(sheet, to=to, by=by, note=note)
    give_ball(sheet, to, at=frozen.handed_over_at)
    if to == sheet.coach and sheet.state in BEFORE_COACHING:
        enter_along(sheet, State.IN_COACHING, by=by, reason=f"Asked {to.name} for coaching.")
    remind_holder(sheet, asked_by=by, note=note)
    post(mails.handed_over(frozen, sheet, to), key=f"sheet:{sheet.pk}:round:{frozen.number}", to=to)
    return frozen


@transaction.atomic
def take_back(sheet: Sheet, *, holder: Person, by: Person, words: str = "") -> TakeBack:
    """Make it the owner's turn again; whoever held the ball is told. The round they were handed stays frozen.

    Raises NotYourBall when the ball is not with `holder`, where it was seen, because it has moved meanwhile.
    """
    sheet = locked(sheet)
    if sheet.is_archived:
        raise NotYourBall("The sheet is in the archive: nothing moves on it until it is taken back from there.")
    if sheet.ball != holder or holder == by:
        raise NotYourBall(f"It is {sheet.ball.name}'s turn by now: the ball has moved already. Nothing was changed.")
    taken = TakeBack.objects.create(sheet=sheet, taken_from=holder, taken_by=by, words=words)
    give_ball(sheet, by, at=taken.taken_at)
    remind_holder(sheet, asked_by=None)
    tell(holder, sheet, mails.taken_back(taken, sheet), key=f"sheet:{sheet.pk}:taken-back:{taken.pk}")
    return taken


def freeze(sheet: Sheet, *, to: Person | None, by: Person, note: str = "") -> Round:
    """Keep what a locked sheet says as a round, and begin the next one."""
    frozen = Round.objects.create(
        sheet=sheet,
        number=sheet.round_number,
        handed_over_by=by,
        handed_over_to=to,
        handed_over_at=timezone.now(),
        note=note,
        content=content_of(sheet),
    )
    sheet.round_number += 1
    sheet.updated_at = frozen.handed_over_at
    sheet.save(update_fields=["round_number", "updated_at"])
    return frozen


def give_ball(sheet: Sheet, to: Person, *, at: dt.datetime) -> None:
    sheet.ball = to
    sheet.ball_since = sheet.updated_at = at
    sheet.save(update_fields=["ball", "ball_since", "updated_at"])


def remind_holder(sheet: Sheet, *, asked_by: Person | None, note: str = "") -> Obligation:
    """Put the sheet on the list of whoever holds its ball, with reminders while they keep it."""
    return owe(
        sheet.ball,
        key=f"sheet:{sheet.pk}:ball",
        partner=sheet.partner,
        words=_words(sheet),
        why=_why(sheet),
        detail=note,
        url=sheet.get_absolute_url(),
        verb="Open the sheet",
        asked_by=asked_by,
        reminders_at=[sheet.ball_since + dt.timedelta(days=days) for days in REMINDED_AFTER],
    )


def _words(sheet: Sheet) -> str:
    if sheet.ball_id == sheet.owner_id:
        return f"Go on with your A3 “{sheet.title}”"
    return f"Look at {sheet.owner.name}'s A3 “{sheet.title}”"


def _why(sheet: Sheet) -> str:
    if sheet.ball_id == sheet.owner_id:
        return "You own this sheet and it is your turn."
    return f"You {'coach' if sheet.ball_id == sheet.coach_id else 'sponsor'} this sheet and it is your turn."
