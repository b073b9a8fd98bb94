"""Pages about partners and people."""

from partners.views.accounts import password_reset, session_end
from partners.views.claims import check_answer, claim_detail, claim_end, claim_schedule
from partners.views.invitations import invitation_accept, invitation_new, invitation_resend, invitation_withdraw
from partners.views.partners import invitations_of_partner, partner_detail, partner_list, person_list
from partners.views.people import person_detail
from partners.views.profile import profile

__all__ = [
    "check_answer",
    "claim_detail",
    "claim_end",
    "claim_schedule",
    "invitation_accept",
    "invitation_new",
    "invitation_resend",
    "invitation_withdraw",
    "invitations_of_partner",
    "partner_detail",
    "partner_list",
    "password_reset",
    "person_detail",
    "person_list",
    "profile",
    "session_end",
]
