"""Verbs of coaching: asking, placing, moving, confirming, cancelling; and the calendar feed."""

from coaching.actions.away import add_leave, add_travel, remove_away
from coaching.actions.calendar_feeds import make_feed, revoke_feed
from coaching.actions.confirming import confirm
from coaching.actions.refusals import (
    AlreadyPlaced,
    CoachIsElsewhere,
    HasChanged,
    NeedsReason,
    NotYours,
    Refused,
)
from coaching.actions.requests import amend, ask, decline_request, withdraw
from coaching.actions.series import confirm_series, place_series
from coaching.actions.visits import cancel, move, place

__all__ = [
    "AlreadyPlaced",
    "CoachIsElsewhere",
    "HasChanged",
    "NeedsReason",
    "NotYours",
    "Refused",
    "add_leave",
    "add_travel",
    "amend",
    "ask",
    "cancel",
    "confirm",
    "confirm_series",
    "decline_request",
    "make_feed",
    "move",
    "place",
    "place_series",
    "remove_away",
    "revoke_feed",
    "withdraw",
]
