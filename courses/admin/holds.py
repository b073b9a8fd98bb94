"""Seats held for partners: made, seen and let go; what a hold says is never overwritten."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from courses import actions
from courses.admin.filters import AutocompleteFilter, OfferingWhenFilter, TypedFilterAdmin
from courses.models import Hold
from partners.models import Person


@admin.register(Hold)
class HoldAdmin(TypedFilterAdmin):
    list_display = ("partner", "offering", "seats", "until", "why", "is_standing")
    list_select_related = ("partner", "offering__course")
    list_filter = (OfferingWhenFilter, ("partner", AutocompleteFilter), ("offering", AutocompleteFilter))
    search_fields = ("partner__sort_name", "partner__name", "offering__course__sort_name")
    autocomplete_fields = ("offering", "partner")
    ordering = ("-made_at", "-pk")
    actions = ("let_go",)
    fields = ("offering", "partner", "seats", "until", "why")

    @admin.display(description="standing", boolean=True)
    def is_standing(self, row: Hold) -> bool:
        return row.released_at is None

    def has_change_permission(self, request: HttpRequest, row: Any = None) -> bool:
        """A hold is let go and made anew, so that the line sees every change."""
        return row is None and super().has_change_permission(request, row)

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, row: Hold, *_form_and_change: Any) -> None:
        actions.hold_seats(row, by=cast("Person", request.user))

    @admin.action(description="Let go now")
    def let_go(self, request: HttpRequest, rows: QuerySet[Hold]) -> None:
        standing = list(rows.filter(released_at=None))
        for row in standing:
            actions.let_go(row)
        messages.success(request, f"Let go: {len(standing)}. Their free seats are offered to those who wait.")
