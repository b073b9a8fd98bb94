"""A partner's year on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching.partner_year import partner_year as year_at_a_glance
from coaching.views.listing import year_of
from partners.http import AuthenticatedRequest
from partners.models import Partner


@require_safe
def partner_year(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Twelve months by site: visits, holidays, checks, steps of the charter; courses come from their own address."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    year = year_of(request.GET.get("year", ""))
    shown = year_at_a_glance(partner, year, request.user, timezone.localdate())
    context = {"partner": partner, "shown": shown, "may_ask": Partner.objects.led_by(request.user).exists()}
    return render(request, "coaching/partner_year.html", context)
