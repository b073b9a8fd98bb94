"""Verbs of coaching: asking, placing, moving, confirming, cancelling; and the calendar feed."""

from coaching.actions.calendar_feeds import make_feed, revoke_feed
from coaching.actions.confirming import confirm
from coaching.actions.refusals import (
    AlreadyPlaced,
    CoachIsElsewhere,
    HasChanged,
    NotYours,
    Refused,
)
from coaching.actions.requests import ask, withdraw
from coaching.actions.visits import cancel, move, place

__all__ = [
    "AlreadyPlaced",
    "CoachIsElsewhere",
    "HasChanged",
    "NotYours",
    "Refused",
    "ask",
    "cancel",
    "confirm",
    "make_feed",
    "move",
    "place",
    "revoke_feed",
    "withdraw",
]
