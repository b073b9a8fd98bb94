"""Partners: the list and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest
from partners.models import Partner


@require_safe
def partner_list(request: AuthenticatedRequest) -> HttpResponse:
    partners = Partner.objects.visible_to(request.user)
    return render(request, "partners/partner_list.html", {"partners": partners})
