"""Answering, enrolling and cancelling; my enrollments, and those that wait for my answer."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import actions
from courses.forms import CancelForm, InsteadForm, WhoGoesForm
from courses.models import Enrollment, Group, Offering
from courses.papers import show_papers
from courses.views.offerings import detail
from courses.views.people import people_to_choose
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of

State = Enrollment.State


@require_safe
def enrollment_list(request: AuthenticatedRequest) -> HttpResponse:
    """Mine: those to come, the next one first; below what was, the latest first."""
    mine = Enrollment.objects.visible_to(request.user).filter(person=request.user).for_page()
    coming = list(mine.living().upcoming(timezone.now()).order_by("offering__starts_on", "pk"))
    earlier = mine.exclude(pk__in=[row.pk for row in coming])
    page = page_of(earlier, "asked_at", "pk", after=request.GET.get("after", ""), descending=True)
    show_papers([*coming, *page.rows], timezone.now())
    return render(request, "courses/enrollment_list.html", {"coming": coming, "page": page})


@require_safe
def approval_list(request: AuthenticatedRequest) -> HttpResponse:
    """Requests that wait for my answer, the oldest first."""
    is_late = request.GET.get("show") == "late"
    waiting = Enrollment.objects.approvable_by(request.user).to_be_answered_by(request.user).upcoming(timezone.now())
    waiting = waiting.late() if is_late else waiting
    page = page_of(waiting.for_page(), "asked_at", "pk", after=request.GET.get("after", ""))
    return render(request, "courses/approval_list.html", {"page": page, "is_late": is_late})


@require_POST
def enrollment_enroll(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who goes: all the ticked people, or none when one of them is refused."""
    offering = get_object_or_404(Offering.objects.approvable_by(request.user), pk=pk)
    form = WhoGoesForm(request.POST, user=request.user)
    if not form.is_valid():
        return detail(request, pk, status=422, form=form)
    try:
        enrollments = _put_down(request, offering, form.cleaned_data)
    except actions.Refused as refusal:
        asks_why = isinstance(refusal, actions.OverAllotment)
        return detail(request, pk, status=409, refusal=refusal, form=form, asks_why=asks_why)
    late = sum(enrollment.is_asked for enrollment in enrollments)
    seated = sum(enrollment.has_seat for enrollment in enrollments)
    if seated or not late:
        messages.success(request, f"Enrolled: {seated}. Waiting for a seat: {len(enrollments) - seated - late}.")
    if late:
        wrong = "The code does not hold. Nothing is lost: " if form.cleaned_data["code"] else ""
        messages.success(request, f"{wrong}{late} late request{'' if late == 1 else 's'} wait for LEI, who decide.")
    return answer(request, pk)


def _put_down(request: AuthenticatedRequest, offering: Offering, sent: dict[str, Any]) -> list[Enrollment]:
    """Enroll them, or ask late for them; LEI's staff need not ask."""
    people, by = list(sent["who"]), request.user
    if offering.takes_late(timezone.now()) and not by.sees_all_partners:
        return actions.ask_late(offering, people=people, by=by, late=plea_of(request, sent))
    return actions.enroll_all(offering, people=people, by=by, together=sent["together"], because=sent["because"])


def plea_of(request: AuthenticatedRequest, sent: dict[str, Any]) -> actions.Plea:
    """Why it is late, and the code; of too many codes none is tried, and the request is kept all the same."""
    code = sent["code"]
    if code and not ratelimit.consume(request, action="code", user=request.user):
        return actions.Plea(sent["late_because"] or "Too many codes were tried; no other reason.")
    return actions.Plea(sent["late_because"], code)


@require_POST
def enrollment_approve(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    enrollment = get_object_or_404(Enrollment.objects.approvable_by(request.user).select_related("offering"), pk=pk)
    try:
        enrollment = actions.approve(enrollment, by=request.user)
    except actions.Refused as refusal:
        return detail(request, enrollment.offering_id, status=409, refusal=refusal)
    return done(request, enrollment)


@require_POST
def enrollment_accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take the seat that is offered, for oneself or for a co-worker."""
    enrollment = get_object_or_404(Enrollment.objects.editable_by(request.user), pk=pk)
    try:
        enrollment = actions.accept(enrollment)
    except actions.Refused as refusal:
        return detail(request, enrollment.offering_id, status=409, refusal=refusal)
    return done(request, enrollment)


@require_POST
def enrollment_turn_down(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Give the seat that is offered to the next in line."""
    enrollment = get_object_or_404(Enrollment.objects.editable_by(request.user), pk=pk)
    try:
        enrollment = actions.turn_down(enrollment, by=request.user)
    except actions.Refused as refusal:
        return detail(request, enrollment.offering_id, status=409, refusal=refusal)
    return done(request, enrollment)


@require_http_methods(["GET", "POST"])
def enrollment_substitute(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Somebody else goes instead; ?find= looks for them."""
    enrollment = get_object_or_404(Enrollment.objects.approvable_by(request.user).for_page(), pk=pk)
    form = InsteadForm(request.POST if request.method == "POST" else None, user=request.user)
    context: dict[str, Any] = {"enrollment": enrollment, "offering": enrollment.offering, "form": form}
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            return done(request, actions.substitute(enrollment, person=form.cleaned_data["who"], by=request.user))
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
    context |= {"people": people_to_choose(request, enrollment.offering), "find": request.GET.get("find", "")}
    return render(request, "courses/enrollment_substitute.html", context, status=status)


@require_POST
def group_split(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Consent that the people of a group go one by one."""
    group = get_object_or_404(Group.objects.editable_by(request.user), pk=pk)
    try:
        actions.split(group, by=request.user)
    except actions.Refused as refusal:
        return detail(request, group.offering_id, status=409, refusal=refusal)
    messages.success(request, "They go one by one now. Each is offered a seat in the order of the line.")
    return redirect("courses:offering_detail", group.offering_id)


@require_http_methods(["GET", "POST"])
def enrollment_decline(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    enrollment = get_object_or_404(Enrollment.objects.approvable_by(request.user).for_page(), pk=pk)
    return _with_reason(request, enrollment, verb="Decline", do=actions.decline)


@require_http_methods(["GET", "POST"])
def enrollment_cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    enrollment = get_object_or_404(Enrollment.objects.editable_by(request.user).for_page(), pk=pk)
    return _with_reason(request, enrollment, verb="Cancel", do=actions.cancel)


def _counts(enrollment: Enrollment) -> bool:
    """Giving it back now costs the partner the seat."""
    is_seat = enrollment.state == State.ENROLLED and enrollment.partner_id is not None
    return is_seat and enrollment.offering.is_late_to_give_back(timezone.now())


def _with_reason(request: AuthenticatedRequest, enrollment: Enrollment, *, verb: str, do: Any) -> HttpResponse:
    counts = verb == "Cancel" and _counts(enrollment)
    form = CancelForm(request.POST or None, counts=counts)
    button = f"{verb} the seat" if enrollment.has_seat else f"{verb} the request"
    context = {"enrollment": enrollment, "offering": enrollment.offering, "form": form, "verb": verb, "button": button}
    context["counts"] = counts
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "courses/enrollment_reason.html", context, status=status)
    try:
        ended = do(enrollment, by=request.user, reason=form.cleaned_data["reason"])
    except actions.Refused as refusal:
        return render(request, "courses/enrollment_reason.html", context | {"refusal": refusal}, status=409)
    return done(request, ended)


WORDS = {
    State.ASKED: "You have asked for a seat. Your change agent answers; you get a mail.",
    State.APPROVED: "{name} waits for a seat and gets a mail when one is free.",
    State.OFFERED: "A seat is offered to {name}, who gets a mail.",
    State.ENROLLED: "{name} has a seat in {course}.",
    State.ATTENDED: "{name} was there.",
    State.DECLINED: "{name} was declined and gets a mail with your reason.",
    State.CANCELLED: "The place of {name} is given back.",
}


LATE = "The request is kept as a late one: your change agent answers first, then LEI decides. You get a mail."
PASSED_ON = "The request of {name} is kept as a late one. LEI decides; {name} gets a mail."


def done(request: AuthenticatedRequest, enrollment: Enrollment) -> HttpResponse:
    """Say what became of it; back to where the button was."""
    words = WORDS[State(enrollment.state)]
    if enrollment.is_asked and enrollment.is_late:
        words = PASSED_ON if enrollment.waits_for_lei else LATE
    if enrollment.is_asked and enrollment.is_late and request.POST.get("code"):
        words = f"The code does not hold: it is mistyped, or an older one. Nothing is lost. {words}"
    messages.success(request, words.format(name=enrollment.person.name, course=enrollment.offering.course.name))
    return answer(request, enrollment.offering_id)


def answer(request: AuthenticatedRequest, offering_pk: int) -> HttpResponse:
    if request.POST.get("from") == "approvals":
        return redirect("courses:approval_list")
    return redirect("courses:offering_detail", offering_pk)
