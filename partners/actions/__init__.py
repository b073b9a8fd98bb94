"""Verbs of the floor that cross models or leave the database."""

from partners.actions.mail import post, resend, send_off
from partners.actions.obligations import call_off, owe, plan_reminders, settle

__all__ = ["call_off", "owe", "plan_reminders", "post", "resend", "send_off", "settle"]
