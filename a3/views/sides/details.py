"""Beside a sheet: its state and how it came there, its particulars."""

from typing import Any

from a3.models import Sheet, StateChange
from partners.http import AuthenticatedRequest


def details(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The states it was in; its own fields say the rest."""
    seen = Sheet.objects.visible_to(request.user)
    cascade: dict[str, Any] = {
        "children": seen.filter(parent=sheet).select_related("owner", "ball").order_by("title", "pk")
    }
    if sheet.parent_id or sheet.copied_from_id:
        known = seen.in_bulk([pk for pk in (sheet.parent_id, sheet.copied_from_id) if pk])
        cascade |= {"above": known.get(sheet.parent_id or 0), "origin": known.get(sheet.copied_from_id or 0)}
    changes = StateChange.objects.visible_to(request.user).filter(sheet=sheet).select_related("made_by")
    return cascade | {"state_changes": changes, "takes_notes": request.user.is_coach and request.user != sheet.owner}
