"""Visits as a list: a year of one partner, or of all, also as CSV and XLSX."""

import datetime as dt

from django.db.models import DateTimeField, F, Func
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from coaching import words
from coaching.exporting import COLUMNS, rows_of
from coaching.models import Visit
from coaching.models.visits import VisitQuerySet
from partners.http import AuthenticatedRequest, csv_answer, xlsx_answer
from partners.lib.pages import page_of
from partners.models import Partner

ONE_DAY = dt.timedelta(days=1)
FILES = {"csv": csv_answer, "xlsx": xlsx_answer}


@require_safe
def visit_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The visits of a year, of one partner when asked; ?as=csv and ?as=xlsx give them as a file."""
    year = year_of(request.GET.get("year", ""))
    partners = Partner.objects.visible_to(request.user).order_by("sort_name", "pk")
    partner = (
        get_object_or_404(partners, pk=request.GET["partner"]) if request.GET.get("partner", "").isdecimal() else None
    )
    visits = visits_in(Visit.objects.visible_to(request.user), year, partner)
    if answer := FILES.get(request.GET.get("as", "")):
        return answer(file_name(year, partner), COLUMNS, rows_of(visits, request.user))
    page = page_of(visits, "starts_at", "pk", after=request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": [(visit, words.when(visit), words.state(visit)) for visit in page],
        "year": year,
        "partner": partner,
        "partners": partners,
    }
    return render(request, "coaching/visit_list.html", context)


def file_name(year: int, partner: Partner | None) -> str:
    """visits-of-2026-norrick-foods-as-of-2026-11-30, for who keeps several."""
    whose = f"-{slugify(partner.name)}" if partner else ""
    return f"visits-of-{year}{whose}-as-of-{timezone.localdate()}"


def year_of(text: str) -> int:
    """The year that ?year= names, this one when it names none."""
    this = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this
    return year if abs(year - this) < 50 else this


def visits_in(visits: VisitQuerySet, year: int, partner: Partner | None) -> VisitQuerySet:
    """Those that begin in the year by the clocks of their own zone: 1 January in Sydney is not the year before."""
    first, last = (dt.datetime(number, 1, 1, tzinfo=dt.UTC) for number in (year, year + 1))
    near = visits.filter(starts_at__gte=first - ONE_DAY, starts_at__lt=last + ONE_DAY)  # what an index finds
    there = Func(F("zone"), F("starts_at"), function="timezone", output_field=DateTimeField())
    rows = near.alias(begins_there=there).filter(begins_there__gte=first, begins_there__lt=last)
    rows = rows.select_related("site__partner", "coach")
    return rows.filter(site__partner=partner) if partner else rows
