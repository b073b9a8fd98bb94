"""Pages about partners and people."""

from partners.views.partners import partner_list
from partners.views.profile import profile

__all__ = ["partner_list", "profile"]
