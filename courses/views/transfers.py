"""What became of courses: side by side for a partner and for an offering, and whom a coach would call."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import ApplicationPlan, Offering, Purpose
from courses.models.plans import Done
from courses.transfers import Side, cells, columns, sides_of, took_part
from partners.http import AuthenticatedRequest, csv_answer
from partners.lib.pages import page_of
from partners.models import Partner

FURTHEST, STUCK = "furthest", "stuck"


@require_safe
def transfer_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """By course, for who leads, sponsors or coaches the partner, and LEI's staff; ?as=csv is a file of it."""
    partner = get_object_or_404(Partner.objects.overseen_by(request.user), pk=pk)
    people = took_part(timezone.now()).filter(partner=partner)
    sides = sides_of(people, by="offering__course", reader=request.user)
    if request.GET.get("as") == "csv":
        return _file(f"transfer-{partner.pk}", "Course", sides)
    return render(request, "courses/transfer_of_partner.html", {"partner": partner, "sides": sides})


@require_safe
def transfer_of_offering(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """Why they come, then what became of it by partner, for who teaches it, and LEI's staff; ?as=csv is a file."""
    offerings = Offering.objects.overseen_by(request.user).select_related("course", "site")
    offering = get_object_or_404(offerings, pk=pk)
    people = took_part(timezone.now()).filter(offering=offering)
    sides = sides_of(people, by="partner", reader=request.user)
    if request.GET.get("as") == "csv":
        return _file(f"transfer-of-course-{offering.pk}", "Partner", sides)
    why = Purpose.objects.visible_to(request.user).living().filter(enrollment__offering=offering).for_page()
    page = page_of(why, "written_at", "pk", after=request.GET.get("after", ""), descending=True)
    return render(request, "courses/transfer_of_offering.html", {"offering": offering, "sides": sides, "page": page})


def _file(name: str, first: str, sides: list[Side]) -> HttpResponseBase:
    return csv_answer(name, columns(first), (cells(side) for side in sides))


@dataclass(frozen=True)
class Call:
    """One person to call, why, and what they said last."""

    plan: ApplicationPlan
    why: str
    said: str


@require_safe
def transfer_calls(request: AuthenticatedRequest) -> HttpResponse:
    """Who took it furthest and who got stuck, for who teaches or coaches them: by a rule, not by a score."""
    if not request.user.is_at_lei:
        raise Http404
    now = timezone.now()
    show = FURTHEST if request.GET.get("show") == FURTHEST else STUCK
    plans = ApplicationPlan.objects.overseen_by(request.user).for_page()
    plans = plans.taken_furthest() if show == FURTHEST else plans.stuck(now)
    partner, offering = (_number(request.GET.get(name, "")) for name in ("partner", "offering"))
    if partner:
        plans = plans.filter(enrollment__partner=partner)
    if offering:
        plans = plans.filter(enrollment__offering=offering)
    page = page_of(plans, "written_at", "pk", after=request.GET.get("after", ""), descending=True)
    calls = [_call(plan, now, show) for plan in page]
    context = {"page": page, "calls": calls, "show": show, "partner": partner, "offering": offering}
    return render(request, "courses/transfer_calls.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _call(plan: ApplicationPlan, now: dt.datetime, show: str) -> Call:
    told = [row for row in plan.checks if row.done]
    said = next((row.words for row in reversed(told) if row.words), "")
    return Call(plan, _furthest(plan) if show == FURTHEST else _stuck(plan, now), said)


def _furthest(plan: ApplicationPlan) -> str:
    """Did it at 30 and 60 days, and made it an A3."""
    days = [str(row.after) for row in plan.checks if row.done == Done.YES]
    listed = " and ".join(filter(None, [", ".join(days[:-1]), *days[-1:]]))
    return f"Did it at {listed} days{', and made it an A3' if plan.sheet_id else ''}."


def _stuck(plan: ApplicationPlan, now: dt.datetime) -> str:
    """Not yet at 60 days. No answer to day 90 for 23 days."""
    newest = next((row for row in reversed(plan.checks) if row.done), None)
    words = {Done.GAVE_UP.value: "Gave it up", Done.NOT_YET.value: "Not yet"}.get(newest.done if newest else "", "")
    found = [f"{words} at {newest.after} days."] if newest and words else []
    if newest is None or newest.done != Done.GAVE_UP:
        late = next((row for row in plan.checks if row.standing(now) == "unknown"), None)
        if late:
            found.append(f"No answer to day {late.after} for {(now - late.due_at).days} days.")
    return " ".join(found)
