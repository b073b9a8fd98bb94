"""Verbs of coaching: asking, placing, moving, confirming, declining, cancelling; the charter; the calendars."""

from coaching.actions.away import add_leave, add_travel, remove_away
from coaching.actions.calendar_feeds import make_feed, revoke_feed
from coaching.actions.charter_rounds import look_after
from coaching.actions.charters import (
    acknowledge_charter,
    end_charter,
    propose_charter,
    reflect_on_charter,
    start_charter,
)
from coaching.actions.confirming import confirm
from coaching.actions.days import GivenDays, add_days, carry_over, grant_years, keep_days_of
from coaching.actions.declining import decline
from coaching.actions.preparing import prepare, tick
from coaching.actions.refusals import (
    AlreadyPlaced,
    AlreadyRenewed,
    AnotherCharter,
    CoachIsElsewhere,
    HasChanged,
    NeedsReason,
    NothingChanged,
    NotSoManyLeft,
    NotYours,
    NotYourSide,
    Refused,
)
from coaching.actions.requests import amend, ask, decline_request, withdraw
from coaching.actions.rezoning import keep_clocks
from coaching.actions.series import confirm_series, place_series
from coaching.actions.taking_part import update_calendars
from coaching.actions.visits import cancel, move, place

__all__ = [
    "AlreadyPlaced",
    "AlreadyRenewed",
    "AnotherCharter",
    "CoachIsElsewhere",
    "GivenDays",
    "HasChanged",
    "NeedsReason",
    "NotSoManyLeft",
    "NotYourSide",
    "NotYours",
    "NothingChanged",
    "Refused",
    "acknowledge_charter",
    "add_days",
    "add_leave",
    "add_travel",
    "amend",
    "ask",
    "cancel",
    "carry_over",
    "confirm",
    "confirm_series",
    "decline",
    "decline_request",
    "end_charter",
    "grant_years",
    "keep_clocks",
    "keep_days_of",
    "look_after",
    "make_feed",
    "move",
    "place",
    "place_series",
    "prepare",
    "propose_charter",
    "reflect_on_charter",
    "remove_away",
    "revoke_feed",
    "start_charter",
    "tick",
    "update_calendars",
    "withdraw",
]
