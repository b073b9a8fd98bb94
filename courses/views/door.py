"""The door list: who is here today, tapped on a phone, with or without a connection; and who walked in."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import actions
from courses.forms import InsteadForm, MarkForm
from courses.models import Attendance, Enrollment, Offering
from courses.views.people import people_to_choose
from partners.http import AuthenticatedRequest
from partners.lib.addresses import address_of
from partners.lib.calendars import day_words


@dataclass(frozen=True)
class DoorRow:
    """One person with a seat: on which days noted as there or not, and on the day that is shown."""

    enrollment: Enrollment
    marks: dict[str, bool]
    day: str

    @property
    def sent(self) -> str:
        return json.dumps(self.marks)

    @property
    def present(self) -> bool | None:
        return self.marks.get(self.day)

    @property
    def tap(self) -> uuid.UUID:
        """For a browser without scripts, which makes none itself."""
        return uuid.uuid4()


@require_safe
def door(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Everyone with a seat, on one day: ?day=, else today at the place; a browser keeps all days off line."""
    offering = _overseen(request, pk)
    today = offering.today(timezone.now())
    day = _day(request.GET.get("day", ""), offering, today)
    rows = _rows(request, offering, day)
    context = {
        "offering": offering,
        "rows": rows,
        "day": day,
        "days": [(each, day_words(each)) for each in offering.dates_taught],
        "choices": [(True, "Here"), (False, "Not here")],
        "has_begun": day <= today,
        "may_mark": not offering.cancelled_at and actions.may_correct(offering, today, by=request.user),
        "here": sum(row.present is True for row in rows),
        "unmarked": sum(row.present is None for row in rows),
        "may_put_down": request.user.sees_all_partners and not offering.is_over(timezone.now()),
    }
    response = render(request, "courses/door.html", context)
    response["X-Keep"] = "yes"  # off line the browser may show it to this very person: static/js/worker.js
    return response


def _day(text: str, offering: Offering, today: dt.date) -> dt.date:
    asked = next((day for day in offering.dates_taught if day.isoformat() == text), None)
    return asked or min(max(today, offering.starts_on), offering.ends_on)


def _rows(request: AuthenticatedRequest, offering: Offering, day: dt.date) -> list[DoorRow]:
    seated = Enrollment.objects.visible_to(request.user).seated().filter(offering=offering)
    marks: dict[int, dict[str, bool]] = {}
    noted = Attendance.objects.visible_to(request.user).of_days(offering)
    for pk, on, present in noted.values_list("enrollment", "day", "present"):
        marks.setdefault(pk, {})[on.isoformat()] = present
    people = seated.select_related("person", "partner").order_by("person__sort_name", "pk")
    return [DoorRow(row, marks.get(row.pk, {}), day.isoformat()) for row in people]


@require_POST
def door_mark(request: AuthenticatedRequest, pk: int, uid: uuid.UUID) -> HttpResponse:
    """One tap, by the id that its phone made; sent twice it counts once."""
    offering = get_object_or_404(Offering.objects.overseen_by(request.user), pk=pk)
    form = MarkForm(request.POST)
    seen = Enrollment.objects.visible_to(request.user).filter(offering=offering)
    if not form.is_valid():
        return _refused("This mark cannot be read. Reload the door list and tap again.")
    enrollment = get_object_or_404(seen, pk=form.cleaned_data["enrollment"])
    said = actions.Mark(form.cleaned_data["day"], form.is_present, form.tapped_at(timezone.now()), uid)
    is_from_phone = "X-Autosave" in request.headers
    try:
        row = actions.mark(enrollment, said, by=request.user)
    except actions.Refused as refusal:
        if is_from_phone:
            return _refused(str(refusal))
        messages.error(request, str(refusal))
    else:
        if is_from_phone:
            return JsonResponse({"revision": 0, "present": row.present})
    return redirect(f"{address_of('courses:door', pk)}?day={said.day.isoformat()}#seat-{enrollment.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def door_walk_in(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Somebody came without a seat: LEI's staff put them down, and they are here today; ?find= looks for them."""
    offering = _overseen(request, pk)
    if not request.user.sees_all_partners:
        raise Http404
    form = InsteadForm(request.POST if request.method == "POST" else None, user=request.user)
    context: dict[str, Any] = {"offering": offering, "form": form, "find": request.GET.get("find", "")}
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            return _put_down(request, actions.walk_in(offering, person=form.cleaned_data["who"], by=request.user))
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
    context["people"] = people_to_choose(request, offering)
    return render(request, "courses/door_walk_in.html", context, status=status)


def _put_down(request: AuthenticatedRequest, enrollment: Enrollment) -> HttpResponse:
    messages.success(request, f"{enrollment.person.name} has a seat, and is here today.")
    return redirect("courses:door", enrollment.offering_id)


def _overseen(request: AuthenticatedRequest, pk: int) -> Offering:
    return get_object_or_404(Offering.objects.overseen_by(request.user).select_related("course", "site"), pk=pk)


def _refused(words: str) -> HttpResponse:
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
