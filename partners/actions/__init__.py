"""Verbs of the floor that cross models or leave the database."""

from partners.actions.allotments import allot
from partners.actions.busy import queue_up
from partners.actions.claims import ClaimOver, answer_check, ask_checks, claim, end_claim, reschedule
from partners.actions.invitations import (
    AlreadyHere,
    AlreadyInvited,
    InvitationOver,
    NotInvited,
    SignInFirst,
    TooMany,
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from partners.actions.mail import post, resend, send_off
from partners.actions.obligations import call_off, owe, plan_reminders, settle
from partners.actions.sessions import end_sessions

__all__ = [
    "AlreadyHere",
    "AlreadyInvited",
    "ClaimOver",
    "InvitationOver",
    "NotInvited",
    "SignInFirst",
    "TooMany",
    "accept_invitation",
    "allot",
    "answer_check",
    "ask_checks",
    "call_off",
    "claim",
    "end_claim",
    "end_sessions",
    "invite",
    "invite_again",
    "owe",
    "plan_reminders",
    "post",
    "queue_up",
    "reschedule",
    "resend",
    "send_off",
    "settle",
    "withdraw_invitation",
]
