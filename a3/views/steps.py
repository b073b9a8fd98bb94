"""One step of a plan, or one check, for whom it is named to: to read, and to say that it is done."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from a3 import actions
from a3.models import Figure
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def step_detail(request: AuthenticatedRequest, pk: int, number: int, row: str) -> HttpResponse:
    """The person named on it may call it done, and so may who owns the sheet; nobody else is here."""
    figures = Figure.objects.visible_to(request.user).select_related("sheet__site", "sheet__partner", "sheet__owner")
    figure = get_object_or_404(figures, pk=number, sheet=pk, sheet__archived_at__isnull=True)
    step = actions.step_of(figure, row)
    if step is None or request.user.pk not in {step.person_id, figure.sheet.owner_id}:
        raise Http404
    if request.method == "POST":
        actions.finish_step(figure, row, by=request.user)
        return redirect(figure.sheet)
    return render(request, "a3/step_detail.html", {"step": step, "figure": figure, "sheet": figure.sheet})
