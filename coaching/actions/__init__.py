"""Verbs of coaching: asking, placing, moving, declining, recording, promising; the charter; the calendars."""

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
from coaching.actions.documents import TooManyDocuments, add_document, remove_document
from coaching.actions.memos import (
    MemoHasChanged,
    NoteMissing,
    NothingWritten,
    ask_for_memo,
    ask_for_memos,
    call_off_memo,
    draft_memo,
    owe_memo,
    send_memo,
    text_of_record,
)
from coaching.actions.packs import ask_for_pack, let_go_of_pack
from coaching.actions.preparing import prepare, tick
from coaching.actions.promises import SaidOtherwise, answer_promise, drop, promise
from coaching.actions.recording import (
    Clash,
    TooManyPhotos,
    add_walk_photo,
    answer_question,
    record,
    remove,
    remove_walk_photo,
)
from coaching.actions.refusals import (
    AlreadyPlaced,
    AlreadyRenewed,
    AlreadyWaived,
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
from coaching.actions.waiving import waive

__all__ = [
    "AlreadyPlaced",
    "AlreadyRenewed",
    "AlreadyWaived",
    "AnotherCharter",
    "Clash",
    "CoachIsElsewhere",
    "GivenDays",
    "HasChanged",
    "MemoHasChanged",
    "NeedsReason",
    "NotSoManyLeft",
    "NotYourSide",
    "NotYours",
    "NoteMissing",
    "NothingChanged",
    "NothingWritten",
    "Refused",
    "SaidOtherwise",
    "TooManyDocuments",
    "TooManyPhotos",
    "acknowledge_charter",
    "add_days",
    "add_document",
    "add_leave",
    "add_travel",
    "add_walk_photo",
    "amend",
    "answer_promise",
    "answer_question",
    "ask",
    "ask_for_memo",
    "ask_for_memos",
    "ask_for_pack",
    "call_off_memo",
    "cancel",
    "carry_over",
    "confirm",
    "confirm_series",
    "decline",
    "decline_request",
    "draft_memo",
    "drop",
    "end_charter",
    "grant_years",
    "keep_clocks",
    "keep_days_of",
    "let_go_of_pack",
    "look_after",
    "make_feed",
    "move",
    "owe_memo",
    "place",
    "place_series",
    "prepare",
    "promise",
    "propose_charter",
    "record",
    "reflect_on_charter",
    "remove",
    "remove_away",
    "remove_document",
    "remove_walk_photo",
    "revoke_feed",
    "send_memo",
    "start_charter",
    "text_of_record",
    "tick",
    "update_calendars",
    "waive",
    "withdraw",
]
