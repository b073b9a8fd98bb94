"""Visits and requests in the admin: found and read. They are changed on the board, where both sides hear of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from coaching import words
from coaching.models import Visit, VisitRequest
from partners.admin.base import ReadOnlyAdmin

STATES = [("tentative", "Tentative"), ("confirmed", "Confirmed"), ("cancelled", "Cancelled")]


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return STATES

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in dict(STATES):
            rows: QuerySet[Any] = getattr(queryset, str(self.value()))()
            return rows
        return queryset


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "partner", "coach", "when", "state")
    list_filter = (StateFilter, "kind")
    list_select_related = ("coach", "site__partner")
    search_fields = ("site__name", "site__partner__name", "coach__name", "purpose")
    ordering = ("-starts_at", "-pk")

    @admin.display(ordering="site__partner__sort_name")
    def partner(self, visit: Visit) -> str:
        return visit.site.partner.name

    @admin.display(ordering="starts_at")
    def when(self, visit: Visit) -> str:
        return words.when(visit)

    def state(self, visit: Visit) -> str:
        return words.state(visit)


@admin.register(VisitRequest)
class VisitRequestAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "partner", "asked_by", "preferred_from", "preferred_to", "placed_at", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("asked_by", "site__partner")
    search_fields = ("site__name", "site__partner__name", "asked_by__name", "purpose")
    ordering = ("-asked_at", "-pk")

    @admin.display(ordering="site__partner__sort_name")
    def partner(self, asked: VisitRequest) -> str:
        return asked.site.partner.name
