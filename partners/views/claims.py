"""What was gained: one claim with its checks, answering a check, choosing the days, ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import actions
from partners.forms import AnswerForm, EndingForm, ScheduleForm
from partners.http import AuthenticatedRequest
from partners.models import Check, Claim


@require_safe
def claim_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _page(request, _claim(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def check_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The link of the reminder: one choice, and done. An answer can be corrected here later."""
    checks = Check.objects.answerable_by(request.user).select_related("answered_by")
    check = get_object_or_404(checks, pk=pk)
    gain = _claim(request, check.claim_id)
    form = AnswerForm(request.POST or None, instance=check)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.answer_check(check, by=request.user, **form.cleaned_data)
        except actions.ClaimOver as over:
            form.add_error(None, str(over))
            status = 409
        else:
            messages.success(request, "Thank you: your answer is kept.")
            return redirect(gain)
    return render(request, "partners/check_answer.html", {"check": check, "claim": gain, "form": form}, status=status)


@require_POST
def claim_schedule(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    gain = get_object_or_404(Claim.objects.editable_by(request.user), pk=pk)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _page(request, _claim(request, pk), status=422, schedule=form)
    try:
        actions.reschedule(gain, on=form.cleaned_data["on"])
    except actions.ClaimOver as over:
        messages.error(request, str(over))
    else:
        messages.success(request, "The days of the checks are changed.")
    return redirect(gain)


@require_POST
def claim_end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    gain = get_object_or_404(Claim.objects.editable_by(request.user), pk=pk)
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _page(request, _claim(request, pk), status=422, ending=form)
    if actions.end_claim(gain, by=request.user, reason=form.cleaned_data["reason"]):
        messages.success(request, "It is no longer checked; what was answered stays.")
    return redirect(gain)


def _claim(request: AuthenticatedRequest, pk: int) -> Claim:
    claims = Claim.objects.visible_to(request.user).select_related("partner", "site", "owner", "ended_by")
    return get_object_or_404(claims.with_checks(), pk=pk)


def _page(request: AuthenticatedRequest, gain: Claim, *, status: int = 200, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {"claim": gain, "may_edit": False}
    if not gain.ended_at and Claim.objects.editable_by(request.user).filter(pk=gain.pk).exists():
        days = "\n".join(check.due_on.isoformat() for check in gain.waiting)
        context |= {"may_edit": True, "schedule": ScheduleForm(initial={"on": days}), "ending": EndingForm()}
    return render(request, "partners/claim_detail.html", context | forms, status=status)
