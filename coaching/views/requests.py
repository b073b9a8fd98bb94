"""Requests: asking for coaching, placing what was asked, taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coaching import actions
from coaching.forms import PlaceForm, RequestForm
from coaching.forms.visits import initial_of_request
from coaching.models import Visit, VisitRequest
from coaching.views.changes import say_why_not
from partners.http import AuthenticatedRequest
from partners.models import Partner, Person, Site


@require_http_methods(["GET", "POST"])
def request_new(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for coaching, purpose first; change agents do, for sites of their partner."""
    led = Partner.objects.led_by(request.user)
    sites = Site.objects.visible_to(request.user).filter(partner__in=led)
    get_object_or_404(led[:1])
    form = RequestForm(request.POST or None, sites=sites, initial=request.GET.dict())
    if form.is_valid():
        actions.ask(VisitRequest(**form.cleaned_data), by=request.user)
        messages.success(request, "Asked. LEI will place it on a coach and a date; you will be asked to confirm.")
        return redirect("coaching:board")
    return render(request, "coaching/request_new.html", {"form": form}, status=422 if form.errors else 200)


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
    return render(request, "coaching/request_place.html", {"form": form, "asked": asked}, status=status)


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
