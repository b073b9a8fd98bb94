"""Verbs of courses: asking, approving, enrolling, giving seats back, noting who was there.

Whatever changes an offering's seats takes its row lock first, so that seats are given in one place only, whoever
writes: page, admin or clock. All may be repeated: what is done already stays as it is.
"""

from courses.actions.asking import ask, decline
from courses.actions.ending import cancel, cancel_offering, mark_attended
from courses.actions.refusals import Refused
from courses.actions.seating import approve, enroll, enroll_all, revise

__all__ = [
    "Refused",
    "approve",
    "ask",
    "cancel",
    "cancel_offering",
    "decline",
    "enroll",
    "enroll_all",
    "mark_attended",
    "revise",
]
