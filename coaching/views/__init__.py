"""Pages of coaching."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest


@require_safe
def board(request: AuthenticatedRequest) -> HttpResponse:
    return render(request, "coaching/board.html")
