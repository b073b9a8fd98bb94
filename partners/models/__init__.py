"""Who belongs to the program, what each owes, and what was sent to them."""

from partners.models.allotments import Allotment, Benefit
from partners.models.busy import BusyTime
from partners.models.claims import Check, Claim, Outcome
from partners.models.invitations import Invitation
from partners.models.mails import Mail
from partners.models.obligations import Obligation, Reminder
from partners.models.partners import Holiday, Partner, Priority, Site
from partners.models.people import Assignment, Level, Person, Role, Someone

__all__ = [
    "Allotment",
    "Assignment",
    "Benefit",
    "BusyTime",
    "Check",
    "Claim",
    "Holiday",
    "Invitation",
    "Level",
    "Mail",
    "Obligation",
    "Outcome",
    "Partner",
    "Person",
    "Priority",
    "Reminder",
    "Role",
    "Site",
    "Someone",
]
