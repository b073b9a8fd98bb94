"""Two pages that only tests have: one with every piece on it, and one that fails."""

from types import SimpleNamespace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tests.look.forms import PiecesForm


def pieces(request: HttpRequest) -> HttpResponse:
    form = PiecesForm(request.POST) if request.method == "POST" else PiecesForm()
    status = 422 if form.is_bound and not form.is_valid() else 200
    ken = SimpleNamespace(name="Ken Obara", initials="KO", tone="shu", get_absolute_url="/partners/")
    return render(request, "look/pieces.html", {"form": form, "now": timezone.now(), "ken": ken}, status=status)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)
