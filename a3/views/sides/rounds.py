"""Beside a sheet: its rounds."""

from typing import Any

from a3.models import Round, Sheet
from partners.http import AuthenticatedRequest


def rounds(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """Each frozen copy, newest first, without its content."""
    found = Round.objects.visible_to(request.user).filter(sheet=sheet)
    return {"rounds": found.select_related("handed_over_by", "handed_over_to").defer("content")}
