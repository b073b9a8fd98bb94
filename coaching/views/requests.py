"""Requests: asking for coaching, placing what was asked, taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3.models import Sheet
from coaching import actions, words
from coaching.forms import DeclineRequestForm, PlaceForm, RequestForm
from coaching.forms.requests import initial_of_wishes, spans_of
from coaching.forms.visits import initial_of_request
from coaching.history import request_history_of
from coaching.models import Visit, VisitRequest
from coaching.views.changes import say_why_not, status_of
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of
from partners.models import Assignment, Partner, Person, Site

RELATED = ("site__partner", "asked_by", "declined_by", "withdrawn_by")


def choices_of(user: Person, partners: QuerySet[Partner]) -> dict[str, Any]:
    """Sites, people and A3s among which somebody chooses who asks for these partners."""
    people = Person.objects.visible_to(user).filter(is_active=True).exclude(pk=user.pk)
    there = Assignment.objects.visible_to(user).current().filter(site__partner__in=partners)
    return {
        "sites": Site.objects.visible_to(user).filter(partner__in=partners),
        "people": people.filter(pk__in=there.values("person")).order_by("sort_name", "pk"),
        "sheets": Sheet.objects.visible_to(user).kept().filter(partner__in=partners).order_by("-updated_at", "-pk"),
    }


@require_http_methods(["GET", "POST"])
def request_new(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for coaching, purpose first; change agents do, for sites of their partner."""
    led = Partner.objects.led_by(request.user)
    get_object_or_404(led[:1])
    form = RequestForm(request.POST or None, initial=request.GET.dict(), **choices_of(request.user, led))
    if form.is_valid():
        along = {name: form.cleaned_data.pop(name) for name in ("co_workers", "sheets")}
        asked = actions.ask(VisitRequest(**form.cleaned_data), by=request.user, **along)
        messages.success(request, "Asked. LEI will place it on a coach and a date; you will be asked to confirm.")
        return redirect(asked)
    return render(request, "coaching/request_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def request_list(request: AuthenticatedRequest) -> HttpResponse:
    """All requests that wait to be placed, the one that is due first on top."""
    rows = VisitRequest.objects.visible_to(request.user).to_place().select_related("site__partner", "asked_by")
    page = page_of(rows, "preferred_to", "pk", after=request.GET.get("after", ""))
    context = {"page": page, "today": timezone.localdate(), "may_ask": Partner.objects.led_by(request.user).exists()}
    return render(request, "coaching/request_list.html", context)


@require_safe
def request_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What was asked, by whom, and what became of it."""
    rows = VisitRequest.objects.visible_to(request.user).with_rights_of(request.user).select_related(*RELATED)
    asked = get_object_or_404(rows, pk=pk)
    visits = Visit.objects.visible_to(request.user).filter(request=asked).select_related("site__partner", "coach")
    context = {
        "asked": asked,
        "impossible": spans_of(asked.impossible_on),
        "co_workers": Person.objects.visible_to(request.user).filter(pk__in=asked.co_workers.values("pk")),
        "sheets": Sheet.objects.visible_to(request.user).filter(pk__in=asked.sheets.values("pk")),
        "visits": [(visit, words.when(visit), words.state(visit)) for visit in visits],
        "history": request_history_of(asked),
    }
    return render(request, "coaching/request_detail.html", context)


@require_http_methods(["GET", "POST"])
def request_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change what was asked while it waits."""
    rows = VisitRequest.objects.editable_by(request.user).select_related(*RELATED)
    asked = get_object_or_404(rows, pk=pk)
    theirs = Partner.objects.visible_to(request.user).filter(pk=asked.site.partner_id)
    form = RequestForm(request.POST or None, initial=initial_of_wishes(asked), **choices_of(request.user, theirs))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.amend(asked, by=request.user, **form.cleaned_data)
        except actions.AlreadyPlaced as refused:
            form.add_error(None, str(refused))
            status = status_of(refused)
        else:
            messages.success(request, "Changed.")
            return redirect(asked)
    return render(request, "coaching/request_edit.html", {"form": form, "asked": asked}, status=status)


@require_http_methods(["GET", "POST"])
def request_decline(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """LEI says no, with a reason that whoever asked reads."""
    asked = get_object_or_404(VisitRequest.objects.placeable_by(request.user).select_related(*RELATED), pk=pk)
    form = DeclineRequestForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.decline_request(asked, by=request.user, reason=form.cleaned_data["reason"])
        except actions.AlreadyPlaced as refused:
            form.add_error("reason", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, f"Declined. {asked.asked_by.name} is told why.")
            return redirect(asked)
    return render(request, "coaching/request_decline.html", {"form": form, "asked": asked}, status=status)


@require_http_methods(["GET", "POST"])
def request_place(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Put a request on a coach and a date, tentatively."""
    rows = VisitRequest.objects.placeable_by(request.user).select_related("site__partner", "asked_by")
    asked = get_object_or_404(rows, pk=pk)
    coaches = Person.objects.visible_to(request.user).coaches()
    initial = initial_of_request(asked) | request.GET.dict()
    form = PlaceForm(request.POST or None, site=asked.site, coaches=coaches, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid() and form.slot:
        fields = {name: form.cleaned_data[name] for name in ("coach", "kind", "purpose")}
        visit, reason = Visit(site=asked.site, request=asked, **vars(form.slot), **fields), form.cleaned_data["reason"]
        try:
            actions.place(visit, by=request.user, reason=reason)
        except actions.Refused as refused:
            status = say_why_not(form, refused, beside="coach")
        else:
            messages.success(request, "Placed. Coach and partner are asked to confirm it.")
            return redirect(visit)
    context = {"form": form, "asked": asked, "now": timezone.now()}
    return render(request, "coaching/request_place.html", context, status=status)


@require_POST
def request_withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a request back while it waits."""
    asked = get_object_or_404(VisitRequest.objects.editable_by(request.user), pk=pk)
    try:
        actions.withdraw(asked, by=request.user)
    except actions.AlreadyPlaced as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The request is withdrawn.")
    return redirect("coaching:board")
