"""Verbs of a sheet: starting it, writing, passing the ball, remarking, agreeing, talking, entering a state."""

from a3.actions.agreements import NotAsked, NotReader, agree, ask_to_agree, not_yet, stop_asking
from a3.actions.archive import ArchivedAlready, archive, take_from_archive
from a3.actions.books import BookWithdrawn, TooManyBooks, ask_for_book, make_book_again, open_book, withdraw
from a3.actions.catchball import NotNamed, NotYourBall, hand_over, take_back
from a3.actions.copies import copy_sheet
from a3.actions.effects import claim_effect
from a3.actions.figures import FigureConflict, add_figure, place_figure, save_figure
from a3.actions.fullness import ask_for_measure
from a3.actions.holding import NotAsSeen
from a3.actions.notes import NoteGone, change_note, write_note
from a3.actions.photos import add_marked_print, add_photo
from a3.actions.presences import be_at
from a3.actions.prints import (
    TooManyPrints,
    ask_for_print,
    clean_unused,
    count_prints,
    draw_again,
    draw_here,
    note_use,
    print_again,
    print_here,
    queue_waiting,
)
from a3.actions.remarks import answer, remark, reopen, reply
from a3.actions.retyping import CannotRetype, change_type
from a3.actions.reviewers import (
    LinkOver,
    TooManyRemarks,
    TooManyReviewers,
    ask_reviewer,
    end_link,
    remark_by_link,
    reply_by_link,
)
from a3.actions.saved_lists import CannotSave, save_list
from a3.actions.section_types import spread_sections
from a3.actions.sheets import (
    Conflict,
    NotBelow,
    NotOfThisSheet,
    add_sections,
    change_particulars,
    save_section,
    start_sheet,
)
from a3.actions.states import BEFORE_AGREEMENT, BEFORE_COACHING, StateMoved, enter_state
from a3.actions.steps import finish_step, follow_steps, step_of
from a3.actions.talks import CannotTalk, TalkChanged, accept_time, ask_to_talk, cancel_talk, decline, offer_times

__all__ = [
    "BEFORE_AGREEMENT",
    "BEFORE_COACHING",
    "ArchivedAlready",
    "BookWithdrawn",
    "CannotRetype",
    "CannotSave",
    "CannotTalk",
    "Conflict",
    "FigureConflict",
    "LinkOver",
    "NotAsSeen",
    "NotAsked",
    "NotBelow",
    "NotNamed",
    "NotOfThisSheet",
    "NotReader",
    "NotYourBall",
    "NoteGone",
    "StateMoved",
    "TalkChanged",
    "TooManyBooks",
    "TooManyPrints",
    "TooManyRemarks",
    "TooManyReviewers",
    "accept_time",
    "add_figure",
    "add_marked_print",
    "add_photo",
    "add_sections",
    "agree",
    "answer",
    "archive",
    "ask_for_book",
    "ask_for_measure",
    "ask_for_print",
    "ask_reviewer",
    "ask_to_agree",
    "ask_to_talk",
    "be_at",
    "cancel_talk",
    "change_note",
    "change_particulars",
    "change_type",
    "claim_effect",
    "clean_unused",
    "copy_sheet",
    "count_prints",
    "decline",
    "draw_again",
    "draw_here",
    "end_link",
    "enter_state",
    "finish_step",
    "follow_steps",
    "hand_over",
    "make_book_again",
    "not_yet",
    "note_use",
    "offer_times",
    "open_book",
    "place_figure",
    "print_again",
    "print_here",
    "queue_waiting",
    "remark",
    "remark_by_link",
    "reopen",
    "reply",
    "reply_by_link",
    "save_figure",
    "save_list",
    "save_section",
    "spread_sections",
    "start_sheet",
    "step_of",
    "stop_asking",
    "take_back",
    "take_from_archive",
    "withdraw",
    "write_note",
]
