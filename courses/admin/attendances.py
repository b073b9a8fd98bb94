"""Attendance on the page of an enrollment: to be read; it is corrected on the door list, where the rule is kept."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from courses.models import Enrollment
from courses.papers import paper_of
from partners.admin import HistoryAdmin


class AttendanceEvents(HistoryAdmin):
    """Every mark that counted once, as the database wrote it down."""

    list_select_related = ("pgh_obj__enrollment__person",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("noted_by")

    def get_list_display(self, _request: HttpRequest) -> tuple[str, ...]:
        return ("pgh_created_at", "person", "day", "present", "noted_at", "noted_by")

    @admin.display(description="person")
    def person(self, row: Any) -> str:
        return str(row.pgh_obj.enrollment.person)


admin.site.register(apps.get_model("courses", "AttendanceEvent"), AttendanceEvents)


def papers_shown(row: Enrollment) -> str:
    """The certificate with its code and whether it is valid, or the letter, or "-"."""
    certificate = getattr(row, "certificate", None)
    if certificate and not certificate.is_valid:
        return format_html('<a href="{}">{}</a>, withdrawn', certificate.public_url, certificate)
    paper = paper_of(row, timezone.now())
    if paper is None:
        return "-"
    file = format_html('<a href="{}">{}</a>', reverse("courses:paper_file", args=[row.pk]), paper.kind)
    return format_html('{}, <a href="{}">{}</a>', file, certificate.public_url, certificate) if certificate else file
