"""Enrollments: searched, filtered, and approved, enrolled, cancelled or marked in bulk."""

from functools import partial
from typing import Any, cast
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from courses import actions
from courses.admin import exporting
from courses.admin.attendances import papers_shown
from courses.admin.bulk import (
    ask_if_several,
    do_to_each,
    do_when_sure,
    page_that_asks,
    reason_for,
    report_skipped,
)
from courses.admin.filters import AutocompleteFilter, LateFilter, OfferingWhenFilter, TypedFilterAdmin
from courses.admin.moving import MoveForm
from courses.models import Course, Enrollment
from courses.models.enrollments import EnrollmentQuerySet
from partners.admin import HistoryAdmin
from partners.lib.fields import sort_key
from partners.models import Partner, Person

ADDED = ("offering", "person")
ENDS = (
    "late_because",
    "let_in_by_code",
    "passed_on_at",
    "passed_on_by",
    "instead_of",
    "over_because",
    "moved_up_because",
    "group",
    "offered_until",
    "declined_at",
    "declined_by",
    "cancelled_at",
    "cancelled_by",
    "reason",
    "given_back_late",
    "waived_at",
    "waived_by",
    "waived_because",
)
SHOWN = (
    *ADDED,
    "partner",
    "state",
    ("asked_at", "asked_by"),
    ("approved_at", "approved_by"),
    ("enrolled_at", "attended_at"),
)
State = Enrollment.State
MOVE = ("move", "Move to another offering ...")
CANCEL = ("cancel", "Cancel ...")
VERBS = {  # what one can do to a single enrollment, by its state
    State.ASKED: (("approve", "Approve"), ("decline", "Decline ..."), CANCEL),
    State.APPROVED: (MOVE, ("put_first", "Put first in line ..."), CANCEL),
    State.OFFERED: (MOVE, ("accept", "Take the seat for them"), CANCEL),
    State.ENROLLED: (("mark_attended", "Mark as attended"), MOVE, ("send_again", "Send the last mail again"), CANCEL),
    State.DECLINED: (("enroll", "Enroll anew"),),
    State.CANCELLED: (("enroll", "Enroll anew"), ("waive", "Waive that it was late ...")),
    State.LAPSED: (("enroll", "Enroll anew"),),
    State.ATTENDED: (("send_again", "Send the last mail again"),),
}


class EnrollmentEvents(HistoryAdmin):
    """Every change of an enrollment, as the database wrote it down."""

    list_filter = ("state",)
    list_select_related = ("pgh_obj__offering__course",)

    def get_list_display(self, _request: HttpRequest) -> tuple[str, ...]:
        return ("pgh_created_at", "pgh_obj", "state", "reason", "by")


admin.site.register(apps.get_model("courses", "EnrollmentEvent"), EnrollmentEvents)


@admin.register(Enrollment)
class EnrollmentAdmin(TypedFilterAdmin):
    list_display = ("person", "partner", "course", "starts", "state", "seats", "asked_at")
    list_select_related = ("person", "partner", "offering__course")
    list_filter = (
        "state",
        LateFilter,
        OfferingWhenFilter,
        ("partner", AutocompleteFilter),
        ("offering", AutocompleteFilter),
        ("asked_at", admin.DateFieldListFilter),
    )
    search_fields = ("person__name",)  # shows the box; `get_search_results` says what it finds
    search_help_text = "Name or e-mail, course, partner"
    actions = (
        "approve",
        "enroll",
        "accept",
        "put_first",
        "move",
        "mark_attended",
        "send_again",
        "decline",
        "cancel",
        "waive",
        "save_as_csv",
        "save_as_xlsx",
    )

    def get_fields(self, _request: HttpRequest, enrollment: Any = None) -> Any:
        if enrollment is None:
            return ADDED
        there = ("door_list", "papers") if enrollment.has_seat else ()
        return (*SHOWN, *there, *(name for name in ENDS if getattr(enrollment, name)))

    def get_readonly_fields(self, _request: HttpRequest, enrollment: Any = None) -> Any:
        """What became of an enrollment changes by its verbs only, never by overwriting."""
        return ["door_list", "papers", *(field.name for field in Enrollment._meta.fields)] if enrollment else ()

    @admin.display(description="door list")
    def door_list(self, row: Enrollment) -> str:
        return format_html('<a href="{}">Open the door list</a>', reverse("courses:door", args=[row.offering_id]))

    @admin.display(description="certificate")
    def papers(self, row: Enrollment) -> str:
        return papers_shown(row)

    def has_delete_permission(self, _request: HttpRequest, _enrollment: Any = None) -> bool:
        """Enrollments are cancelled, and stay."""
        return False

    def get_search_results(self, request: HttpRequest, rows: QuerySet[Any], search_term: str) -> tuple[Any, bool]:
        """Each word somewhere in the person, the course or the partner."""
        for word in search_term.split()[:8]:
            people = Person.objects.visible_to(request.user).filter(
                Q(sort_name__contains=sort_key(word)) | Q(email__contains=word.lower())
            )
            courses = Course.objects.visible_to(request.user).filter(sort_name__contains=sort_key(word))
            partners = Partner.objects.visible_to(request.user).filter(sort_name__contains=sort_key(word))
            rows = rows.filter(
                Q(person__in=people.values("pk"))
                | Q(offering__course__in=courses.values("pk"))
                | Q(partner__in=partners.values("pk"))
            )
        return rows, False

    @admin.display(ordering="offering__course__sort_name")
    def course(self, row: Enrollment) -> str:
        return row.offering.course.name

    @admin.display(ordering="offering__starts_on")
    def starts(self, row: Enrollment) -> str:
        return f"{row.offering.starts_on:%a %-d %b %Y}"

    @admin.display(description="seats taken")
    def seats(self, row: Enrollment) -> str:
        return f"{row.offering.seats_taken} of {row.offering.capacity}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, and the way to put many down: for the offering that is filtered for, or to choose one."""
        offering = request.GET.get("offering__id__exact", "")
        is_one = offering.isascii() and offering.isdigit() and len(offering) < 19
        many = reverse("courses:import_new", args=[offering]) if is_one else reverse("courses:offering_list")
        return super().changelist_view(request, {"put_down_many": many} | (extra_context or {}))

    # --- adding one: the action enrolls, so that capacity, line and mails are the same as on the page
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
            given = {name: request.POST[name] for name in ADDED if name in request.POST}
            return redirect(f"{request.path}?{urlencode(given)}")

    def save_model(self, request: HttpRequest, row: Enrollment, *_form_and_change: Any) -> None:
        enrolled = actions.enroll(row.offering, person=row.person, by=cast("Person", request.user))
        row.pk = enrolled.pk
        row.refresh_from_db()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The row, its verbs, and every change of it."""
        history = self.admin_site.get_model_admin(apps.get_model("courses", "EnrollmentEvent"))
        own = history.get_queryset(request).filter(pgh_obj_id=object_id) if object_id.isdecimal() else ()
        row = self.get_object(request, object_id)
        days = row.attendances.select_related("noted_by") if row else ()
        more = {"changes": own, "days": days, "verbs": VERBS[State(row.state)] if row else (), "show_save": False}
        more |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | more)

    # --- the verbs, each on as many rows as are ticked
    @admin.action(description="Approve")
    def approve(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        deed = partial(actions.approve, by=_by(request))
        return do_when_sure(request, _told(rows), deed, admin=self, title="Approve: these?")

    @admin.action(description="Enroll, also who was declined, cancelled or too late")
    def enroll(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        def enroll_again(row: Enrollment) -> Enrollment:
            return actions.enroll(row.offering, person=row.person, by=_by(request))

        return do_when_sure(request, _told(rows), enroll_again, admin=self, title="Enroll: these?")

    @admin.action(description="Take the offered seat for them")
    def accept(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        return do_when_sure(request, _told(rows), actions.accept, admin=self, title="Take the seats: for these?")

    @admin.action(description="Put first in line ...")
    def put_first(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        return self._with_reason(request, rows, "Put first", actions.put_first)

    @admin.action(description="Move to another offering ...")
    def move(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        form = MoveForm(request.POST if "to" in request.POST else None, admin_site=self.admin_site, user=request.user)
        rows = _told(rows)
        if not form.is_valid():
            return page_that_asks(request, rows, form, admin=self, title="Move: where to?")
        do_to_each(request, rows, partial(actions.move, by=_by(request), **form.cleaned_data))
        return None

    @admin.action(description="Send the last mail again")
    def send_again(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        if asks := ask_if_several(request, _told(rows), admin=self, title="Send again: to these?"):
            return asks
        found = list(_told(rows))
        skipped = [
            f"{row}: {row.get_state_display().lower()}, no mail." for row in found if not actions.send_again(row)
        ]
        if sent := len(found) - len(skipped):
            messages.success(request, f"Mails on their way: {sent}.")
        report_skipped(request, skipped)
        return None

    @admin.action(description="Mark as attended")
    def mark_attended(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        deed = partial(actions.mark_attended, by=_by(request))
        return do_when_sure(request, _told(rows), deed, admin=self, title="Mark as attended: these?")

    @admin.action(description="Save as CSV")
    def save_as_csv(self, request: HttpRequest, rows: EnrollmentQuerySet) -> HttpResponseBase:
        return exporting.csv_of(rows, by=_by(request))

    @admin.action(description="Save as XLSX")
    def save_as_xlsx(self, request: HttpRequest, rows: EnrollmentQuerySet) -> HttpResponseBase | None:
        answer = exporting.xlsx_of(rows, by=_by(request))
        if answer is None:
            most = f"{exporting.MOST_IN_A_WORKBOOK:,}"
            messages.error(request, f"A workbook holds {most} enrollments at most. Save them as CSV, or filter first.")
        return answer

    @admin.action(description="Decline ...")
    def decline(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        return self._with_reason(request, rows, "Decline", actions.decline)

    @admin.action(description="Cancel ...")
    def cancel(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        return self._with_reason(request, rows, "Cancel", actions.cancel)

    @admin.action(description="Waive that it was given back too late ...")
    def waive(self, request: HttpRequest, rows: QuerySet[Enrollment]) -> HttpResponse | None:
        return self._with_reason(request, rows, "Waive", actions.waive)

    def _with_reason(
        self, request: HttpRequest, rows: QuerySet[Enrollment], verb: str, deed: Any
    ) -> HttpResponse | None:
        rows = _told(rows)
        reason = reason_for(request, rows, admin=self, title=f"{verb}: why?")
        if isinstance(reason, HttpResponse):
            return reason
        do_to_each(request, rows, partial(deed, by=_by(request), reason=reason))
        return None


def _told(rows: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    return rows.select_related("person", "offering__course")


def _by(request: HttpRequest) -> Person:
    return cast("Person", request.user)
