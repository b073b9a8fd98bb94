"""Which state a sheet is in: entering another, with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from a3 import actions
from a3.forms import StateForm
from a3.models import Sheet, State
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def state_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheet = get_object_or_404(Sheet.objects.steerable_by(request.user).with_people(), pk=pk)
    form = StateForm(request.POST or None, sheet=sheet, initial={"to_state": request.GET.get("to")})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            change = actions.enter_state(form.save(commit=False), by=request.user)
        except actions.StateMoved as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, f"The sheet is now “{State(change.to_state).label}”.")
            return redirect(f"{sheet.get_absolute_url()}?side=details")
    return render(request, "a3/state_new.html", {"form": form, "sheet": sheet}, status=status)
