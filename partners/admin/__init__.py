"""Django's admin for partners, sites, people, and what the program sends them."""

from partners.admin.allotments import AllotmentAdmin
from partners.admin.base import HouseAdmin, HouseInline, ReadOnlyAdmin
from partners.admin.history import HistoryAdmin
from partners.admin.partners import PartnerAdmin, PriorityAdmin, SiteAdmin
from partners.admin.people import AssignmentAdmin, InvitationAdmin, PersonAdmin
from partners.admin.sent import MailAdmin, ObligationAdmin, ReminderAdmin

__all__ = [
    "AllotmentAdmin",
    "AssignmentAdmin",
    "HistoryAdmin",
    "HouseAdmin",
    "HouseInline",
    "InvitationAdmin",
    "MailAdmin",
    "ObligationAdmin",
    "PartnerAdmin",
    "PersonAdmin",
    "PriorityAdmin",
    "ReadOnlyAdmin",
    "ReminderAdmin",
    "SiteAdmin",
]
