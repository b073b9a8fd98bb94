"""Verbs of courses: asking, approving, enrolling, offering and taking seats, giving them back, noting who was there.

Whatever changes an offering's seats takes its row lock first, so that seats are given in one place only, whoever
writes: page, admin or clock. All may be repeated: what is done already stays as it is.
"""

from courses.actions.allotting import GivenSeats, add_seats, carry_seats, grant_seats, over_by
from courses.actions.asking import Plea, ask, ask_late, decline, try_code
from courses.actions.attending import Mark, mark, mark_attended, may_correct
from courses.actions.books import ask_for_book, let_go_of_book
from courses.actions.certifying import issue_all
from courses.actions.changing import move, substitute
from courses.actions.ending import cancel, cancel_offering, turn_down, waive
from courses.actions.holding import hold_seats, let_go, let_go_of_past
from courses.actions.importing import (
    confirm,
    forget_imports,
    leave_out,
    match_columns,
    mend,
    take_in,
    throw_away,
    work_on,
)
from courses.actions.learning import note_done, note_opened
from courses.actions.line import accept, let_lapse, put_first, split
from courses.actions.plans import (
    Told,
    answer_follow_up,
    ask_follow_ups,
    ask_for_plans,
    close_plans,
    make_sheet,
    react,
    write_plan,
)
from courses.actions.purposes import Why, agree_to_purpose, ask_back, ask_for_purposes, close_purposes, write_purpose
from courses.actions.refusals import OverAllotment, Refused, YearsOverlap
from courses.actions.seating import approve, enroll, enroll_all, revise
from courses.actions.summits import Trial, note, pick, tried, try_out, unpick
from courses.actions.telling import ask_for_door_list, send_again
from courses.actions.walking_in import walk_in

__all__ = [
    "GivenSeats",
    "Mark",
    "OverAllotment",
    "Plea",
    "Refused",
    "Told",
    "Trial",
    "Why",
    "YearsOverlap",
    "accept",
    "add_seats",
    "agree_to_purpose",
    "answer_follow_up",
    "approve",
    "ask",
    "ask_back",
    "ask_follow_ups",
    "ask_for_book",
    "ask_for_door_list",
    "ask_for_plans",
    "ask_for_purposes",
    "ask_late",
    "cancel",
    "cancel_offering",
    "carry_seats",
    "close_plans",
    "close_purposes",
    "confirm",
    "decline",
    "enroll",
    "enroll_all",
    "forget_imports",
    "grant_seats",
    "hold_seats",
    "issue_all",
    "leave_out",
    "let_go",
    "let_go_of_book",
    "let_go_of_past",
    "let_lapse",
    "make_sheet",
    "mark",
    "mark_attended",
    "match_columns",
    "may_correct",
    "mend",
    "move",
    "note",
    "note_done",
    "note_opened",
    "over_by",
    "pick",
    "put_first",
    "react",
    "revise",
    "send_again",
    "split",
    "substitute",
    "take_in",
    "throw_away",
    "tried",
    "try_code",
    "try_out",
    "turn_down",
    "unpick",
    "waive",
    "walk_in",
    "work_on",
    "write_plan",
    "write_purpose",
]
