"""Charters: the list, the page of one, its versions, its account of days, and what a partner's page shows of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coaching.agreement import bar_of, next_reflection, page_of_charter, proposal_of, state_of, with_proposals
from coaching.charters import days_in_words, days_of, taken_by_charter
from coaching.forms import CharterFilter
from coaching.models import Charter
from coaching.models.charters import CharterQuerySet, today
from coaching.terms import changes, terms_of
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of
from partners.models import Allotment, Benefit, Partner, Person

RELATED = ("partner", "in_force", "ended_by", "renews")


@require_safe
def charter_list(request: AuthenticatedRequest) -> HttpResponse:
    """The charters that one may read, the one that ends last first."""
    form = CharterFilter(request.GET, partners=Partner.objects.overseen_by(request.user))
    form.is_valid()  # a filter that makes no sense is left out
    rows = _narrowed(Charter.objects.visible_to(request.user), form.cleaned_data, request.user)
    rows = with_proposals(rows).select_related("partner", "in_force")
    page = page_of(rows, "ends_on", "pk", after=request.GET.get("after", ""), descending=True)
    taken = taken_by_charter(page, Allotment.objects.visible_to(request.user), on=today())
    shown = [
        (charter, charter.in_force or proposal_of(charter), state_of(charter), taken.get(charter.pk))
        for charter in page
    ]
    context = {"page": page, "rows": shown, "form": form, "chosen": form.cleaned_data.get("partner")}
    return render(request, "coaching/charter_list.html", context)


def _narrowed(rows: CharterQuerySet, chosen: dict[str, Any], user: Person) -> CharterQuerySet:
    if partner := chosen.get("partner"):
        rows = rows.filter(partner=partner)
    show = chosen.get("show")
    if show == "awaiting":
        return rows.awaiting(user)
    if show == "ending":
        return rows.ending(today())
    return rows.in_force(today()) if show == "in_force" else rows


@require_safe
def charter_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    rows = Charter.objects.visible_to(request.user).with_rights_of(request.user)
    charter = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    return render(request, "coaching/charter_detail.html", {"charter": charter} | page_of_charter(charter))


@require_safe
def charter_version(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """What one version says, and what is different in it since another, by default the one before."""
    charter = get_object_or_404(Charter.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    versions = {version.number: version for version in charter.versions.for_page()}
    version = get_object_or_404(charter.versions.for_page(), number=number)
    asked = request.GET.get("since", "")
    since = versions.get(int(asked) if asked.isdecimal() and asked.isascii() else number - 1)
    different = changes(terms_of(since), terms_of(version)) if since else []
    context = {
        "charter": charter,
        "version": version,
        "terms": terms_of(version),
        "since": since,
        "changes": different,
        "others": [other for other in versions.values() if other.number != number],
        "replaced_at": min(
            (other.in_force_at for other in versions.values() if other.in_force_at and other.number > number),
            default=None,
        ),
    }
    return render(request, "coaching/charter_version.html", context)


@require_safe
def charter_days(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """The account of a year: every entry that granted, held or used days, the last one first."""
    rows = Charter.objects.visible_to(request.user).with_rights_of(request.user)
    charter = get_object_or_404(rows.select_related(*RELATED).agreed(), pk=pk)
    if not (year := charter.year_at(number)):
        raise Http404
    ledger = Allotment.objects.visible_to(request.user).of(Benefit.COACH_DAYS).filter(partner=charter.partner)
    entries = ledger.in_year(year.begins_on)
    page = page_of(
        entries.select_related("made_by"), "made_at", "pk", after=request.GET.get("after", ""), descending=True
    )
    context = {"charter": charter, "year": year, "page": page, "balance": entries.balance()}
    return render(request, "coaching/charter_days.html", context)


@require_safe
def charter_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is agreed now, and how its days go: a part of the partner's page."""
    partner = get_object_or_404(Partner.objects.overseen_by(request.user), pk=pk)
    days = days_of(partner, on=today())
    context: dict[str, Any] = {"partner": partner, "days": days}
    if days:
        context |= {"charter": days.charter, "bar": bar_of(days), "words": days_in_words(days)}
        context |= {"next_reflection": next_reflection(days.charter)}
    elif latest := with_proposals(Charter.objects.visible_to(request.user).filter(partner=partner)).first():
        context |= {"charter": latest, "state": state_of(latest)}
    return render(request, "coaching/charter_of_partner.html", context)
