"""Asking for a seat, in time or late; the code that LEI gave out; letting a seat given back too late not count."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from courses import actions
from courses.forms import LateForm, ReasonForm
from courses.models import Enrollment, Offering
from courses.views.enrollments import answer, done, plea_of
from courses.views.offerings import detail
from partners.http import AuthenticatedRequest

WRONG = "The code does not hold: it is mistyped, or an older one. Nothing is lost: the request waits as a late one."
TOO_MANY = "Too many codes were tried within an hour. Nothing is lost: the request waits as a late one."


@require_POST
def enrollment_ask(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for oneself; after the freeze date with why, or with the code."""
    offering = get_object_or_404(Offering.objects.visible_to(request.user), pk=pk)
    form = LateForm(request.POST)
    if not form.is_valid():
        return detail(request, pk, status=422, late_form=form)
    try:
        enrollment = actions.ask(offering, by=request.user, late=plea_of(request, form.cleaned_data))
    except actions.Refused as refusal:
        return detail(request, pk, status=409, refusal=refusal, late_form=form)
    return done(request, enrollment)


@require_POST
def enrollment_code(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Try the code on a late request that waits; a wrong one leaves it as it is."""
    user = request.user
    rows = Enrollment.objects.owned_by(user) | Enrollment.objects.approvable_by(user)  # who left takes no seat there
    enrollment = get_object_or_404(rows, pk=pk)
    if not ratelimit.consume(request, action="code", user=user):
        messages.warning(request, TOO_MANY)
        return answer(request, enrollment.offering_id)
    try:
        opens = actions.try_code(enrollment, request.POST.get("code", "")[:100])
    except actions.Refused as refusal:
        return detail(request, enrollment.offering_id, status=409, refusal=refusal)
    if opens:
        enrollment.refresh_from_db()
        return done(request, enrollment)
    messages.warning(request, WRONG)
    return answer(request, enrollment.offering_id)


@require_http_methods(["GET", "POST"])
def enrollment_waive(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """LEI's staff let a seat that was given back too late not count, with a reason."""
    enrollment = get_object_or_404(Enrollment.objects.steerable_by(request.user).for_page(), pk=pk)
    form = ReasonForm(request.POST or None)
    context = {
        "enrollment": enrollment,
        "offering": enrollment.offering,
        "form": form,
        "verb": "Waive the late seat of",
    }
    context["button"] = "Let it not count"
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.waive(enrollment, by=request.user, reason=form.cleaned_data["reason"])
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            messages.success(request, f"The seat of {enrollment.person.name} does not count any more.")
            return answer(request, enrollment.offering_id)
    return render(request, "courses/enrollment_reason.html", context, status=status)
