"""Changing a charter: a new one, another version, acknowledging, reflecting, ending, renewing, days beyond it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coaching import actions
from coaching.forms import CharterForm, EndCharterForm, GiveDaysForm, ReflectionForm
from coaching.forms.charters import initial_of
from coaching.models import Charter, Side
from coaching.models.charters import ONE_DAY, anniversary, today
from coaching.terms import changes, terms_of
from coaching.views.changes import status_of
from coaching.views.charters import RELATED
from partners.http import AuthenticatedRequest
from partners.models import Partner, Person

PROPOSED = "Proposed. Both sides are asked to acknowledge it."


@require_http_methods(["GET", "POST"])
def charter_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """LEI's staff write a partner's charter; it holds once both sides have acknowledged it."""
    get_object_or_404(Person.objects.visible_to(request.user).filter(is_lei_staff=True), pk=request.user.pk)
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    form = CharterForm(request.POST or None, partner=partner)
    if form.is_valid():
        charter = actions.start_charter(partner, by=request.user, terms=form.terms)
        messages.success(request, PROPOSED)
        return redirect(charter)
    context = {"form": form, "partner": partner}
    return render(request, "coaching/charter_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def charter_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Propose another version."""
    charter = get_object_or_404(Charter.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    last = charter.versions.for_page()[0]
    initial = initial_of(terms_of(last)) | {"seen": last.number}
    form = CharterForm(request.POST or None, partner=charter.partner, charter=charter, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        why, seen = form.cleaned_data["why"], form.cleaned_data["seen"]
        try:
            actions.propose_charter(charter, by=request.user, terms=form.terms, why=why, seen=seen)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
            status = status_of(refused)
        else:
            messages.success(request, PROPOSED)
            return redirect(charter)
    return render(request, "coaching/charter_edit.html", {"form": form, "charter": charter}, status=status)


@require_http_methods(["GET", "POST"])
def charter_acknowledge(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Read what is proposed, and acknowledge it for one's own side. A link in a mail shows it, only the button does."""
    charter = get_object_or_404(Charter.objects.answerable_by(request.user).select_related(*RELATED), pk=pk)
    version = charter.versions.proposed().for_page().first()
    waits = Charter.objects.answerable_by(request.user).awaiting(request.user).filter(pk=pk).exists()
    if version is None or (request.method == "GET" and not waits):
        return redirect(charter)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("seen") != str(version.number):
                raise actions.HasChanged("charter")
            version = actions.acknowledge_charter(version, by=request.user)
        except actions.Refused as refused:
            refusal, status = str(refused), status_of(refused)
        else:
            messages.success(request, "It is in force." if version.in_force_at else "Acknowledged for your side.")
            return redirect(charter)
    context = {"charter": charter, "version": version, "refusal": refusal} | _compared(charter, version)
    return render(request, "coaching/charter_acknowledge.html", context, status=status)


def _compared(charter: Charter, version: Any) -> dict[str, Any]:
    """What a version says, and what is different in it from the one in force."""
    before = charter.versions.for_page().filter(number=charter.in_force.number).first() if charter.in_force else None
    terms = terms_of(version)
    return {"terms": terms, "before": before, "changes": changes(terms_of(before), terms) if before else []}


@require_http_methods(["GET", "POST"])
def charter_reflect(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """What my side expected, saw, learned and changes; of a year that has begun. It can be corrected here later."""
    charter = get_object_or_404(Charter.objects.reflectable_by(request.user).select_related(*RELATED), pk=pk)
    year = charter.year_at(number)
    if year is None or year.begins_on > today():
        raise Http404("This year of the charter has not begun.")
    side = Side.LEI if request.user.is_at_lei else Side.PARTNER
    written = charter.reflections.filter(year=number)
    form = ReflectionForm(request.POST or None, instance=written.filter(side=side).first())
    if form.is_valid():
        actions.reflect_on_charter(charter, number, side=side, by=request.user, **form.cleaned_data)
        messages.success(request, "Kept. Both sides read it on the page of the charter.")
        return redirect(charter)
    other = written.exclude(side=side).select_related("written_by").first()
    whose = charter.partner.name if side == Side.LEI else "LEI"
    context = {"charter": charter, "year": year, "form": form, "side": side, "other": other, "whose": whose}
    return render(request, "coaching/charter_reflect.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def charter_end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """End a charter before its time, or withdraw one that was only proposed."""
    rows = Charter.objects.manageable_by(request.user).standing(today())
    charter = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    form = EndCharterForm(request.POST or None, charter=charter)
    status = 422 if form.errors else 200
    if form.is_valid():
        on, reason = form.cleaned_data.get("on", today()), form.cleaned_data["reason"]
        try:
            actions.end_charter(charter, by=request.user, on=on, reason=reason)
        except actions.HasChanged as refused:
            form.add_error("reason", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, "Everybody whom it names is told why.")
            return redirect(charter)
    return render(request, "coaching/charter_end.html", {"form": form, "charter": charter}, status=status)


@require_http_methods(["GET", "POST"])
def charter_renew(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A new charter that follows this one, filled with what it says."""
    rows = Charter.objects.manageable_by(request.user).agreed()
    former = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    form = CharterForm(request.POST or None, partner=former.partner, initial=_following(former))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            charter = actions.start_charter(former.partner, by=request.user, terms=form.terms, renews=former)
        except actions.AlreadyRenewed as refused:
            form.add_error(None, str(refused))
            status = status_of(refused)
        else:
            messages.success(request, PROPOSED)
            return redirect(charter)
    return render(request, "coaching/charter_renew.html", {"form": form, "charter": former}, status=status)


def _following(former: Charter) -> dict[str, Any]:
    """The terms in force, for as many years from the day after its last one."""
    version = former.versions.for_page().exclude(in_force_at=None)[0]
    begins_on = former.last_on + ONE_DAY
    years = max(round((version.ends_on - version.begins_on).days / 365), 1)
    return initial_of(terms_of(version)) | {"begins_on": begins_on, "ends_on": anniversary(begins_on, years) - ONE_DAY}


@require_http_methods(["GET", "POST"])
def charter_days_new(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """LEI's staff add days to a year, take them back, or carry over what the year before has left."""
    charter = get_object_or_404(Charter.objects.manageable_by(request.user).agreed().select_related(*RELATED), pk=pk)
    year = charter.year_at(number)
    if year is None:
        raise Http404("The charter has no such year.")
    form = GiveDaysForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            _give(charter, year, form.cleaned_data, request.user)
        except actions.NotSoManyLeft as refused:
            form.add_error("amount", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, "It stands in the account.")
            return redirect("coaching:charter_days", pk, number)
    return render(
        request, "coaching/charter_days_new.html", {"form": form, "charter": charter, "year": year}, status=status
    )


def _give(charter: Charter, year: Any, entered: dict[str, Any], by: Person) -> None:
    amount = -entered["amount"] if entered["deed"] == "take" else entered["amount"]
    given = actions.GivenDays(year, amount, entered["why"], str(entered["once"]))
    if entered["deed"] == "carry":
        actions.carry_over(charter, given, by=by)
    else:
        actions.add_days(charter, given, by=by)
