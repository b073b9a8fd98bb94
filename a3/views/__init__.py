"""Pages of a3."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest


@require_safe
def sheet_list(request: AuthenticatedRequest) -> HttpResponse:
    return render(request, "a3/sheet_list.html")
