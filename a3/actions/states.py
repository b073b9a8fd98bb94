"""Entering a state: always an act, with a reason, that stays in the sheet's history."""

from django.db import transaction
from django.utils import timezone

from a3 import mails
from a3.actions.holding import tell
from a3.actions.steps import follow_steps
from a3.models import Sheet, State, StateChange
from partners.models import Person

BEFORE_COACHING = {State.DRAFT}
BEFORE_AGREEMENT = {State.DRAFT, State.IN_COACHING}


class StateMoved(Exception):
    """The sheet is in another state by now than the one that was looked at."""


@transaction.atomic
def enter_state(change: StateChange, *, by: Person) -> StateChange:
    """Have a sheet leave the state it was seen in and enter another; the others named on it are told by mail.

    `change` is not saved yet and says sheet, states, reason and lesson. Nothing forbids a state: what speaks against
    one is said beforehand (`a3.gates`). Raises StateMoved.
    """
    here = Sheet.objects.filter(pk=change.sheet_id, state=change.from_state, archived_at__isnull=True)
    if not here.update(state=change.to_state, updated_at=timezone.now()):
        now = Sheet.objects.get(pk=change.sheet_id)
        if now.is_archived:
            raise StateMoved("The sheet is in the archive by now. Take it back from there first.")
        raise StateMoved(f"The sheet entered “{now.get_state_display()}” in the meantime. Nothing was changed.")
    change.made_by = by
    change.save()
    follow_steps(change.sheet_id)
    sheet = Sheet.objects.with_people().get(pk=change.sheet_id)
    for person in sheet.named:
        if person != by:
            key = f"sheet:{sheet.pk}:state:{change.pk}:to:{person.pk}"
            tell(person, sheet, mails.state_entered(change, sheet, person), key=key)
    return change


def enter_along(sheet: Sheet, state: State, *, by: Person, reason: str) -> None:
    """Enter a state as part of another act, whose button said so; the caller has locked the sheet and tells people."""
    StateChange.objects.create(sheet=sheet, from_state=sheet.state, to_state=state, reason=reason, made_by=by)
    sheet.state = state
    sheet.save(update_fields=["state"])
