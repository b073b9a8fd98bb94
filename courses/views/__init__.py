"""Pages of courses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest


@require_safe
def offering_list(request: AuthenticatedRequest) -> HttpResponse:
    return render(request, "courses/offering_list.html")
