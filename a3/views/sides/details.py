"""Beside a sheet: its particulars."""

from typing import Any

from a3.models import Sheet
from partners.http import AuthenticatedRequest


def details(_sheet: Sheet, _request: AuthenticatedRequest) -> dict[str, Any]:
    """The sheet itself says it all."""
    return {}
