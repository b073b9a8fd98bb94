"""Pages about partners and people."""

from partners.views.accounts import password_reset, session_end
from partners.views.partners import partner_list
from partners.views.profile import profile

__all__ = ["partner_list", "password_reset", "profile", "session_end"]
