"""The account of a partner's course seats, and what LEI's staff write into it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses import actions
from courses.account import Year, years_of
from courses.forms import GiveSeatsForm
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of
from partners.models import Allotment, Benefit, Partner, Person


@require_safe
def seats_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A year's entries, the last one first: that of ?year= (its first day), else this year's, else the latest."""
    partner = get_object_or_404(Partner.objects.overseen_by(request.user), pk=pk)
    years = years_of(partner.pk)[partner.pk]
    year = _chosen(years, request.GET.get("year", ""))
    context: dict[str, Any] = {"partner": partner, "years": years, "year": year}
    if year:
        ledger = Allotment.objects.visible_to(request.user).of(Benefit.COURSE_SEATS).filter(partner=partner)
        entries = ledger.in_year(year.begins_on)
        after = request.GET.get("after", "")
        context["page"] = page_of(entries.select_related("made_by"), "made_at", "pk", after=after, descending=True)
        context["balance"] = entries.balance()
    return render(request, "courses/seats_of_partner.html", context)


@require_http_methods(["GET", "POST"])
def seats_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """LEI's staff grant seats for a year, add some, take them back, or carry over what the year before has left."""
    partner = get_object_or_404(Partner.objects.steerable_by(request.user), pk=pk)
    years = years_of(partner.pk)[partner.pk]
    year = _chosen(years, request.GET.get("year", ""))
    initial = {"deed": "add", "begins_on": year.begins_on} if year else {"deed": "grant"}
    form = GiveSeatsForm(request.POST or None, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            chosen = _give(partner, years, form.cleaned_data, request.user)
        except actions.Refused as refusal:
            form.add_error("begins_on" if isinstance(refusal, actions.YearsOverlap) else "amount", str(refusal))
            status = 409
        else:
            messages.success(request, "It stands in the account.")
            return redirect(f"{reverse('courses:seats_of_partner', args=[pk])}?year={chosen.begins_on}")
    return render(request, "courses/seats_new.html", {"form": form, "partner": partner, "years": years}, status=status)


def _chosen(years: list[Year], wanted: str) -> Year | None:
    today = timezone.localdate()
    named = next((year for year in years if str(year.begins_on) == wanted), None)
    return named or next((year for year in years if year.holds(today)), years[-1] if years else None)


def _give(partner: Partner, years: list[Year], entered: dict[str, Any], by: Person) -> Year:
    """Write it, and return the year it counts in. Raises Refused."""
    deed, first = entered["deed"], entered["begins_on"]
    year = Year(first, entered["ends_on"]) if deed == "grant" else next((y for y in years if y.holds(first)), None)
    if year is None:
        raise actions.YearsOverlap("No seats were granted for a year with this day. Grant some for a new year first.")
    amount = -entered["amount"] if deed == "take" else entered["amount"]
    given = actions.GivenSeats(partner, year, amount, entered["why"], str(entered["once"]))
    deeds = {"grant": actions.grant_seats, "carry": actions.carry_seats}
    deeds.get(deed, actions.add_seats)(given, by=by)
    return year
