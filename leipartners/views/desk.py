"""My work: what waits for the person who looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest
from partners.models import Obligation


@require_safe
def my_work(request: AuthenticatedRequest) -> HttpResponse:
    waiting = Obligation.objects.visible_to(request.user).open()[:50]
    return render(request, "desk/my_work.html", {"waiting": waiting})
