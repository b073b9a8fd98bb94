"""Verbs of a sheet: starting it, writing, passing the ball, remarking and answering."""

from a3.actions.catchball import NotNamed, NotYourBall, hand_over
from a3.actions.photos import add_photo
from a3.actions.presences import be_at
from a3.actions.prints import TooManyPrints, ask_for_print, print_here
from a3.actions.remarks import answer, remark, reply
from a3.actions.sheets import Conflict, add_sections, change_particulars, save_section, start_sheet

__all__ = [
    "Conflict",
    "NotNamed",
    "NotYourBall",
    "TooManyPrints",
    "add_photo",
    "add_sections",
    "answer",
    "ask_for_print",
    "be_at",
    "change_particulars",
    "hand_over",
    "print_here",
    "remark",
    "reply",
    "save_section",
    "start_sheet",
]
