"""Requests that wait to be placed, and what their reader may do with them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from partners.lib.pages import Some

LONGEST = 80  # letters of a purpose


@dataclass(frozen=True, slots=True)
class Tray:
    """What stands below the board."""

    requests: Some[Any]  # of what `for_board` of their queryset returns
    shown_until: dt.date  # what may begin by then is due soon
    may_move: bool  # on this board
    may_place: bool
    may_withdraw: bool

    def shortened(self, purpose: str) -> str:
        """What of a purpose fits on a card."""
        return purpose if len(purpose) <= LONGEST else f"{purpose[: LONGEST - 1].rstrip()}…"
