"""Changing a visit: moving, confirming, cancelling it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coaching import actions, words
from coaching.forms import CancelForm, DeclineForm, MoveForm, PlaceForm
from coaching.models import Visit
from coaching.notice import Notice, notice_of, notice_of_move
from coaching.views.returning import back_to
from partners.http import AuthenticatedRequest
from partners.models import Person

RELATED = ("coach", "site__partner", "placed_by", "request")


@require_http_methods(["GET", "POST"])
def visit_move(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another time or coach; who did not move it confirms the change."""
    visit = get_object_or_404(Visit.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    coaches = Person.objects.visible_to(request.user).coaches() if request.user.is_lei_staff else None
    notice = notice_of(visit, by=request.user)
    form = MoveForm(request.POST or None, visit=visit, coaches=coaches, initial=told(notice))
    status = 422 if form.is_bound else 200
    if form.is_valid() and form.slot and form.tells(notice_of_move(visit, form.slot, by=request.user)):
        coach, sequence = form.cleaned_data.get("coach"), form.cleaned_data["sequence"]
        try:
            reason = form.cleaned_data["reason"]
            visit = actions.move(visit, by=request.user, slot=form.slot, coach=coach, sequence=sequence, reason=reason)
        except actions.Refused as refused:
            status = say_why_not(form, refused, beside="first_day")
        else:
            messages.success(request, f"It is on {words.when(visit)}. {words.state(visit)}")
            return redirect(visit)
    context = {"form": form, "notice": notice} | facts_of(visit)
    return render(request, "coaching/visit_move.html", context, status=status)


@require_http_methods(["GET", "POST"])
def visit_confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Confirm for one's own side. A link in a mail shows the question, only its button confirms."""
    visit = get_object_or_404(Visit.objects.answerable_by(request.user).select_related(*RELATED), pk=pk)
    waits = Visit.objects.confirmable_by(request.user).filter(pk=pk).exists()
    if request.method == "GET" and not waits:
        return redirect(visit)
    refusal, status = words.in_the_way(visit, reader=request.user), 200
    if request.method == "POST":
        try:
            visit = actions.confirm(visit, by=request.user, seen=request.POST.get("seen", ""))
        except actions.Refused as refused:
            refusal, status = str(refused), status_of(refused)
        else:
            messages.success(request, words.state(visit))
            return back_to(request, visit)
    context = {"visit": visit, "place": words.place(visit), "clocks": words.clocks(visit, request.user)}
    return render(request, "coaching/visit_confirm.html", context | {"refusal": refusal, "waits": waits}, status=status)


@require_http_methods(["GET", "POST"])
def visit_decline(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say no for one's own side, with a reason that the other side and LEI read."""
    visit = get_object_or_404(Visit.objects.confirmable_by(request.user).select_related(*RELATED), pk=pk)
    form = DeclineForm(request.POST or None, initial={"seen": visit.interval})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.decline(visit, by=request.user, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("reason", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, "Declined. The other side and LEI are told why.")
            return redirect(visit)
    return render(request, "coaching/visit_decline.html", {"form": form} | facts_of(visit), status=status)


@require_http_methods(["GET", "POST"])
def visit_cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Call a visit off, with a reason that everybody concerned reads."""
    visit = get_object_or_404(Visit.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    notice = notice_of(visit, by=request.user)
    form = CancelForm(request.POST or None, initial={"sequence": visit.sequence} | told(notice))
    status = 422 if form.is_bound else 200
    if form.is_valid() and form.tells(notice):
        reason, sequence = form.cleaned_data["reason"], form.cleaned_data["sequence"]
        try:
            actions.cancel(visit, by=request.user, reason=reason, sequence=sequence)
        except actions.HasChanged as refused:
            form.add_error("reason", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, "Cancelled. Everybody concerned is told why.")
            return redirect(visit)
    context = {"form": form, "notice": notice} | facts_of(visit)
    return render(request, "coaching/visit_cancel.html", context, status=status)


def facts_of(visit: Visit) -> dict[str, Any]:
    return {"visit": visit, "place": words.place(visit), "when": words.when(visit)}


def told(notice: Notice | None) -> dict[str, bool]:
    """What a form about the visit says first, of notice that is too short."""
    return {"told": bool(notice and notice.is_short)}


def status_of(refused: Exception) -> int:
    """409 when somebody else was faster, 422 when it cannot be as it stands."""
    return 409 if isinstance(refused, actions.HasChanged | actions.AlreadyPlaced) else 422


def say_why_not(form: MoveForm | PlaceForm, refused: actions.Refused, *, beside: str) -> int:
    """Put the refusal beside its field, or ask for the reason that it needs; returns the status of the answer."""
    if isinstance(refused, actions.NeedsReason):
        form.ask_reason(str(refused))
    else:
        form.add_error(beside, str(refused))
    return status_of(refused)
