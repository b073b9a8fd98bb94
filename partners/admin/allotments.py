"""The ledger of what partners may use: to be found and read. Its entries are written on the pages that show it."""

from django.contrib import admin

from partners.admin.base import ReadOnlyAdmin
from partners.models import Allotment


@admin.register(Allotment)
class AllotmentAdmin(ReadOnlyAdmin):
    list_display = ("words", "partner", "benefit", "kind", "amount", "begins_on", "made_by", "made_at")
    list_select_related = ("partner", "made_by")
    list_filter = ("benefit", "kind")
    search_fields = ("words", "why", "about", "partner__sort_name")
