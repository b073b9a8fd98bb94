"""Partners, their sites with holidays, and their priorities."""

from django.contrib import admin

from partners.admin.base import HouseAdmin, HouseInline
from partners.models import Holiday, Partner, Priority, Site


class PriorityInline(HouseInline):
    model = Priority


class HolidayInline(HouseInline):
    model = Holiday


@admin.register(Partner)
class PartnerAdmin(HouseAdmin):
    list_display = ("name", "description", "joined_on", "left_on")
    list_filter = (("left_on", admin.EmptyFieldListFilter),)
    search_fields = ("name", "sort_name")
    inlines = (PriorityInline,)


@admin.register(Site)
class SiteAdmin(HouseAdmin):
    list_display = ("name", "partner", "city", "country", "zone")
    list_select_related = ("partner",)
    list_filter = ("country",)
    search_fields = ("name", "sort_name", "city", "partner__name")
    inlines = (HolidayInline,)


@admin.register(Priority)
class PriorityAdmin(HouseAdmin):
    list_display = ("name", "partner", "began_on", "ended_on")
    list_select_related = ("partner",)
    search_fields = ("name", "partner__name")
