"""Attendance by partner, level and year, seats used and who waited in vain; on a page, and as CSV and XLSX."""

import datetime as dt

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from courses import reporting
from partners.http import AuthenticatedRequest, csv_answer, xlsx_answer
from partners.lib.pages import page_of
from partners.models import Level, Partner

FILES = {"csv": csv_answer, "xlsx": xlsx_answer}
LEVELS = [Level(level).label if level else "Not known" for level in reporting.LEVELS]


@require_safe
def report_of_year(request: AuthenticatedRequest) -> HttpResponseBase:
    """The partners whose account this person reads, in ?year=; ?as=csv and ?as=xlsx give all of them as a file."""
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    partners = Partner.objects.overseen_by(request.user).between(first, last)
    if answer := FILES.get(request.GET.get("as", "")):
        rows = reporting.rows_of_year(partners, year, today)
        return answer(f"courses-of-{year}-as-of-{today}", reporting.YEAR_COLUMNS, rows)
    page = page_of(partners, "sort_name", "pk", after=request.GET.get("after", ""))
    context = {"page": page, "lines": reporting.of_year(page, year, today), "year": year, "levels": LEVELS}
    return render(request, "courses/report_of_year.html", context)


@require_safe
def report_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """The years of one partner, the latest first; also as a file."""
    partner = get_object_or_404(Partner.objects.overseen_by(request.user), pk=pk)
    today = timezone.localdate()
    if answer := FILES.get(request.GET.get("as", "")):
        rows = reporting.rows_of_partner(partner, today)
        return answer(f"courses-of-{slugify(partner.name)}-as-of-{today}", reporting.PARTNER_COLUMNS, rows)
    context = {"partner": partner, "lines": reporting.of_partner(partner, today), "levels": LEVELS}
    return render(request, "courses/report_of_partner.html", context)


def _year(text: str, today: dt.date) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return year if abs(year - today.year) < 50 else today.year
