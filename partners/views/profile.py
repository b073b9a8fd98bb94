"""My profile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest


@require_safe
def profile(request: AuthenticatedRequest) -> HttpResponse:
    return render(request, "partners/profile.html")
