"""Passing the ball: a frozen copy, the next person's turn, and word to them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from a3 import mails
from a3.models import Round, Sheet, State
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

    Raises NotYourBall when `by` does not hold the ball (any more), NotNamed when `to` is not on the sheet
    or has left its partner.
    """
    Sheet.objects.select_for_update().get(pk=sheet.pk)  # alone: with joins, a row that changed meanwhile drops out
    sheet = Sheet.objects.with_people().get(pk=sheet.pk)
    if sheet.ball != by:
        raise NotYourBall(f"It is {sheet.ball.name}'s turn: the sheet was handed over already. Nothing was changed.")
    reads_it = to.is_active and Sheet.objects.visible_to(to).filter(pk=sheet.pk).exists()
    if to == by or to not in sheet.named or not reads_it:
        raise NotNamed(f"{to.name} is not on this sheet now. Choose its owner, coach or sponsor.")
    frozen = _freeze(sheet, to=to, by=by, note=note)
    sheet.ball = to
    sheet.ball_since = sheet.updated_at = frozen.handed_over_at
    sheet.round_number += 1
    if to == sheet.coach:
        sheet.state = State.IN_COACHING
    sheet.save(update_fields=["ball", "ball_since", "updated_at", "round_number", "state"])
    remind_holder(sheet, asked_by=by, note=note)
    post(mails.handed_over(frozen, sheet), key=f"sheet:{sheet.pk}:round:{frozen.number}", to=to)
    return frozen


def _freeze(sheet: Sheet, *, to: Person, by: Person, note: str) -> Round:
    return Round.objects.create(
        sheet=sheet,
        number=sheet.round_number,
        handed_over_by=by,
        handed_over_to=to,
        handed_over_at=timezone.now(),
        note=note,
        content=content_of(sheet),
    )


def content_of(sheet: Sheet) -> dict[str, Any]:
    """What the sheet says now, as a round keeps it."""
    sections = [
        {"number": s.number, "half": s.half, "name": s.name, "hint": s.hint, "body": s.body}
        for s in sheet.sections.in_order()
    ]
    return {"title": sheet.title, "sections": sections}


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
