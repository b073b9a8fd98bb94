"""Courses and their offerings."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from courses import actions
from courses.admin.bulk import reason_for
from courses.admin.filters import AutocompleteFilter, TypedFilterAdmin, WhenFilter
from courses.admin.materials import MaterialInline
from courses.admin.sessions import SessionInline
from courses.forms import OfferingForm
from courses.models import Course, Offering
from partners.admin import HouseAdmin
from partners.models import Person
from partners.models.busy import CONSTRAINT


@admin.register(Course)
class CourseAdmin(HouseAdmin):
    list_display = ("name", "kind", "language")
    list_filter = ("kind", "language")
    search_fields = ("sort_name", "name")
    inlines = (MaterialInline,)


@admin.register(Offering)
class OfferingAdmin(TypedFilterAdmin):
    form = OfferingForm
    list_display = ("course", "starts", "where", "seats", "enroll_until", "partner", "is_cancelled")
    list_select_related = ("course", "site", "partner")
    list_filter = (WhenFilter, "course__kind", "language", ("partner", AutocompleteFilter))
    search_fields = ("course__sort_name", "course__name", "place", "site__name")
    ordering = ("-starts_on", "-pk")
    actions = ("cancel",)
    fieldsets = (
        (None, {"fields": ("course", ("starts_on", "ends_on"), ("daily_from", "daily_until"), "zone")}),
        ("Where", {"fields": ("site", "place", "link")}),
        ("Who", {"fields": ("instructors", "language", "partner")}),
        (
            "Seats",
            {"fields": (("capacity", "seats_taken"), ("enroll_until", "late_code"), "give_back_days", "price_note")},
        ),
    )
    readonly_fields = ("seats_taken",)
    inlines = (SessionInline, MaterialInline)

    @admin.display(ordering="starts_on")
    def starts(self, row: Offering) -> str:
        return row.dates

    @admin.display(description="seats taken")
    def seats(self, row: Offering) -> str:
        return f"{row.seats_taken} of {row.capacity}"

    @admin.display(description="cancelled", boolean=True)
    def is_cancelled(self, row: Offering) -> bool:
        return row.cancelled_at is not None

    def has_delete_permission(self, _request: HttpRequest, row: Any = None) -> bool:
        """An offering that somebody asked for is cancelled, never deleted."""
        return row is not None and not row.enrollments.exists()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except IntegrityError as refused:  # somebody took a seat or an instructor's time since the form's check
            what = "An instructor's time was" if CONSTRAINT in str(refused) else "Seats were"
            messages.error(request, f"{what} taken meanwhile: nothing was saved. Look again, then try again.")
            return redirect(request.path)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """New seats go to those who wait; new dates move the reminders."""
        super().save_related(request, form, formsets, change)
        if change and {"capacity", "starts_on", "ends_on", "daily_from", "zone"} & set(form.changed_data):
            actions.revise(form.instance)

    @admin.action(description="Cancel the offering ...")
    def cancel(self, request: HttpRequest, rows: QuerySet[Offering]) -> HttpResponse | None:
        rows = rows.select_related("course")
        reason = reason_for(request, rows, admin=self, title="Cancel the offering: why?")
        if isinstance(reason, HttpResponse):
            return reason
        told = sum(actions.cancel_offering(row, by=cast("Person", request.user), reason=reason) for row in rows)
        messages.success(request, f"Cancelled. People who get a mail: {told}.")
        return None
