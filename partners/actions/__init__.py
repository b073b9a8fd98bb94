"""Verbs of the floor that cross models or leave the database."""

from partners.actions.mail import post
from partners.actions.obligations import call_off, owe, settle

__all__ = ["call_off", "owe", "post", "settle"]
