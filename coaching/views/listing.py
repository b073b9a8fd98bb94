"""Visits as a list: a year of one partner, or of all, also as CSV."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching import words
from coaching.models import Visit
from partners.http import AuthenticatedRequest, csv_answer
from partners.lib.pages import page_of
from partners.models import Partner

MOST_ROWS = 20_000
HEAD = ["Visit", "Partner", "Site", "Coach", "Starts", "Ends", "Zone", "Whole days", "State", "Purpose", "Reason"]


@require_safe
def visit_list(request: AuthenticatedRequest) -> HttpResponse:
    """The visits of a year, of one partner when asked; ?as=csv gives them as a file."""
    year = year_of(request.GET.get("year", ""))
    partners = Partner.objects.visible_to(request.user).order_by("sort_name", "pk")
    partner = (
        get_object_or_404(partners, pk=request.GET["partner"]) if request.GET.get("partner", "").isdecimal() else None
    )
    visits = visits_in(Visit.objects.visible_to(request.user), year, partner)
    if request.GET.get("as") == "csv":
        return csv_answer(f"visits-{year}", rows_of(visits.order_by("starts_at", "pk")[:MOST_ROWS]))
    page = page_of(visits, "starts_at", "pk", after=request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": [(visit, words.when(visit), words.state(visit)) for visit in page],
        "year": year,
        "partner": partner,
        "partners": partners,
    }
    return render(request, "coaching/visit_list.html", context)


def year_of(text: str) -> int:
    """The year that ?year= names, this one when it names none."""
    this = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this
    return year if abs(year - this) < 50 else this


def visits_in(visits: QuerySet[Visit], year: int, partner: Partner | None) -> QuerySet[Visit]:
    """Those that begin in the year, by the clock of UTC."""
    first, last = (dt.datetime(number, 1, 1, tzinfo=dt.UTC) for number in (year, year + 1))
    rows = visits.filter(starts_at__gte=first, starts_at__lt=last).select_related("site__partner", "coach")
    return rows.filter(site__partner=partner) if partner else rows


def rows_of(visits: QuerySet[Visit]) -> list[list[object]]:
    """Times are those of the site."""
    table: list[list[object]] = [list(HEAD)]
    table += [
        [
            visit.get_kind_display(),
            visit.site.partner.name,
            visit.site.name,
            visit.coach.name,
            f"{visit.local_start:%Y-%m-%d %H:%M}",
            f"{visit.local_end:%Y-%m-%d %H:%M}",
            visit.zone,
            "yes" if visit.is_whole_days else "no",
            "cancelled" if visit.is_cancelled else "confirmed" if visit.is_confirmed else "tentative",
            visit.purpose,
            visit.cancel_reason,
        ]
        for visit in visits
    ]
    return table
