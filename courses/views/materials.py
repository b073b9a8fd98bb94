"""Materials: those of a course on a page, those of an offering in its panel; opening one, and being done with it."""

from typing import Any

from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from a3.documents import TYPES
from courses import actions
from courses.models import Course, Material, Offering, Progress
from partners.http import AuthenticatedRequest

LISTED = 200  # people, and materials


@require_safe
def course_materials(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """All of a course that are for the reader, with how far they are; who teaches and staff see how far others are."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    seen = Material.objects.visible_to(request.user).of_course(course).with_progress_of(request.user)
    rows = list(seen.select_related("offering__course").order_by("offering__starts_on", "place", "pk")[:LISTED])
    own = [row for row in rows if row.offering is None]
    context = _counted(rows) | {"course": course, "own": own, "dated": [row for row in rows if row.offering]}
    if request.user.is_at_lei:
        others = Progress.objects.visible_to(request.user).exclude(person=request.user).filter(material__in=rows)
        people = others.values("person__name", "person__sort_name").order_by("person__sort_name", "person")
        context["people"] = people.annotate(opened=Count("opened_at"), done=Count("done_at"))[:LISTED]
    return render(request, "courses/course_materials.html", context)


@require_safe
def offering_materials(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A part of the page of an offering: what there is for the reader."""
    offering = get_object_or_404(Offering.objects.visible_to(request.user).select_related("course"), pk=pk)
    rows = Material.objects.visible_to(request.user).of_offering(offering).with_progress_of(request.user)
    context = _counted(list(rows[:LISTED])) | {"offering": offering}
    return render(request, "courses/_materials.html", context)


@require_safe
def material_open(request: AuthenticatedRequest, pk: int) -> HttpResponse | FileResponse:
    """The file as a download that no browser takes for a page, or the way to the link; it counts as opened."""
    row = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        actions.note_opened(row, by=request.user)
    if row.kind != Material.Kind.FILE:
        return redirect(row.url)
    kind = TYPES.get(row.ending, "application/octet-stream")
    response = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def material_done(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Tick it, or take the tick away; back to where the button was."""
    rows = Material.objects.visible_to(request.user).select_related("offering")
    row = get_object_or_404(rows, pk=pk)
    actions.note_done(row, by=request.user, is_done=request.POST.get("done") == "1")
    of = request.POST.get("offering", "")
    if of.isdecimal() and len(of) < 19:
        where = redirect("courses:offering_materials" if request.htmx else "courses:offering_detail", int(of))
    else:
        where = redirect("courses:course_materials", row.course_id or (row.offering.course_id if row.offering else 0))
    return where


def _counted(rows: list[Material]) -> dict[str, Any]:
    return {"rows": rows, "done": sum(getattr(row, "done_at", None) is not None for row in rows)}
