"""Visits, requests, records and charters in the admin: found and read. They are changed where both sides hear of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from coaching import words
from coaching.models import Charter, CharterVersion, Memo, Promise, Reflection, Visit, VisitRequest, Walk
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


@admin.register(Charter)
class CharterAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "begins_on", "ends_on", "in_force", "ended_on", "made_by")
    list_filter = (("in_force", admin.EmptyFieldListFilter), ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("partner", "in_force__charter__partner", "made_by")
    search_fields = ("partner__name", "partner__sort_name")
    ordering = ("-ends_on", "-pk")


@admin.register(CharterVersion)
class CharterVersionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "proposed_by", "proposed_at", "in_force_at", "days_per_year")
    list_filter = (("in_force_at", admin.EmptyFieldListFilter), ("set_aside_at", admin.EmptyFieldListFilter))
    list_select_related = ("charter__partner", "proposed_by")
    search_fields = ("charter__partner__name", "purpose", "why")
    ordering = ("-proposed_at", "-pk")


@admin.register(Reflection)
class ReflectionAdmin(ReadOnlyAdmin):
    list_display = ("charter", "year", "side", "written_by", "written_at")
    list_filter = ("side",)
    list_select_related = ("charter__partner", "written_by")
    search_fields = ("charter__partner__name", "expected", "happened", "learned", "change_next")
    ordering = ("-written_at", "-pk")


@admin.register(Walk)
class WalkAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "visit", "written_by", "written_at")
    list_select_related = ("visit__site", "written_by")
    search_fields = ("theme", "visit__site__name", "visit__site__partner__name")
    ordering = ("-written_at", "-pk")


@admin.register(Promise)
class PromiseAdmin(ReadOnlyAdmin):
    list_display = ("words", "owner", "due_on", "outcome", "said_at", "visit")
    list_filter = ("outcome",)
    list_select_related = ("owner", "visit__site")
    search_fields = ("words", "owner__name", "visit__site__name", "visit__site__partner__name")
    ordering = ("-due_on", "-pk")


@admin.register(Memo)
class MemoAdmin(ReadOnlyAdmin):
    """What was sent; drafts are their writers'."""

    list_display = ("__str__", "version", "sent_by", "sent_at")
    list_select_related = ("visit__site", "sent_by")
    search_fields = ("visit__site__name", "visit__site__partner__name", "sent_by__name")
    ordering = ("-sent_at", "-pk")
