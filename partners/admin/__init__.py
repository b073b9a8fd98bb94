"""Django's admin for partners, sites, people, and what the program sends them."""

from partners.admin.base import HouseAdmin, HouseInline, ReadOnlyAdmin

__all__ = ["HouseAdmin", "HouseInline", "ReadOnlyAdmin"]
