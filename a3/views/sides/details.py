"""Beside a sheet: its state and how it came there, its particulars."""

from typing import Any

from a3.models import Sheet, StateChange
from partners.http import AuthenticatedRequest


def details(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The states it was in; its own fields say the rest."""
    changes = StateChange.objects.visible_to(request.user).filter(sheet=sheet).select_related("made_by")
    return {"state_changes": changes, "takes_notes": request.user.is_coach and request.user != sheet.owner}
