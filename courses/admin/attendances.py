"""Attendance on the page of an enrollment: to be read; it is corrected on the door list, where the rule is kept."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from courses.models import Attendance, Enrollment
from courses.papers import paper_of


class AttendanceInline(admin.TabularInline):
    """Who noted what for each day."""

    model = Attendance
    fields = readonly_fields = ("day", "present", "noted_at", "noted_by")
    extra = 0
    can_delete = False
    verbose_name_plural = "attendance per day"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("noted_by")

    def has_add_permission(self, _request: HttpRequest, _enrollment: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False


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
