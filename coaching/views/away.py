"""Leave and travel days of coaches: adding them and taking them back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coaching import actions, words
from coaching.forms import LeaveForm, TravelForm
from coaching.models import Leave, TravelDay, Visit
from coaching.views.changes import status_of
from partners.http import AuthenticatedRequest
from partners.models import Person


@require_http_methods(["GET", "POST"])
def leave_new(request: AuthenticatedRequest) -> HttpResponse:
    """Days on which a coach is not placed; staff enter anybody's, coaches their own."""
    coaches = Person.objects.visible_to(request.user).coaches()
    if not request.user.is_lei_staff:
        coaches = coaches.filter(pk=request.user.pk)
        get_object_or_404(coaches)
    initial = {"coach": request.user.pk} | request.GET.dict()
    form = LeaveForm(request.POST or None, coaches=coaches, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid() and form.slot:
        coach, note = form.cleaned_data["coach"], form.cleaned_data["note"]
        leave = Leave(coach=coach, note=note, **vars(form.slot))
        try:
            actions.add_leave(leave, by=request.user)
        except actions.CoachIsElsewhere as refused:
            form.add_error("first_day", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, f"Kept free: {coach.name}, {words.when(leave)}.")
            return redirect("coaching:board")
    return render(request, "coaching/leave_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def travel_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A day or half a day on the way to a visit or from it."""
    visit = get_object_or_404(Visit.objects.steerable_by(request.user).select_related("site__partner", "coach"), pk=pk)
    form = TravelForm(request.POST or None, visit=visit, initial=request.GET.dict())
    status = 422 if form.errors else 200
    if form.is_valid() and form.slot:
        way = TravelDay(visit=visit, coach=visit.coach, route=form.cleaned_data["route"], **vars(form.slot))
        try:
            actions.add_travel(way, by=request.user)
        except actions.CoachIsElsewhere as refused:
            form.add_error("first_day", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, f"{visit.coach.name} travels: {words.when(way)}.")
            return redirect(visit)
    context = {"form": form, "visit": visit, "place": words.place(visit), "when": words.when(visit)}
    return render(request, "coaching/travel_new.html", context, status=status)


@require_POST
def leave_remove(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take leave back; the coach can be placed on those days again."""
    leave = get_object_or_404(Leave.objects.editable_by(request.user), pk=pk)
    actions.remove_away(leave, by=request.user)
    messages.success(request, "The leave is taken back.")
    return redirect("coaching:board")


@require_POST
def travel_remove(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    travel = get_object_or_404(TravelDay.objects.editable_by(request.user).select_related("visit"), pk=pk)
    actions.remove_away(travel, by=request.user)
    messages.success(request, "The travel day is taken back.")
    return redirect(travel.visit or "coaching:board")
