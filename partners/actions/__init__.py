"""Verbs of the floor that cross models or leave the database."""

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
    "InvitationOver",
    "NotInvited",
    "SignInFirst",
    "TooMany",
    "accept_invitation",
    "call_off",
    "end_sessions",
    "invite",
    "invite_again",
    "owe",
    "plan_reminders",
    "post",
    "resend",
    "send_off",
    "settle",
    "withdraw_invitation",
]
