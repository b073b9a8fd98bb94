"""Waiving, for LEI, that a visit was called off too late."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coaching import actions, words
from coaching.forms import WaiveForm
from coaching.models import ShortNotice
from coaching.notice import counted, missed
from partners.http import AuthenticatedRequest


@require_http_methods(["GET", "POST"])
def notice_waive(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """LEI's staff give the days back, with a reason that both sides read."""
    rows = ShortNotice.objects.manageable_by(request.user).select_related("visit__site__partner", "version", "by")
    late = get_object_or_404(rows, pk=pk)
    if request.method == "GET" and late.waived_at:
        return redirect(late.visit)
    form = WaiveForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.waive(late, by=request.user, reason=form.cleaned_data["reason"])
        except actions.AlreadyWaived as refused:
            form.add_error("reason", str(refused))
            status = 409
        else:
            messages.success(request, "Waived: the days do not count. The partner is told why.")
            return redirect(late.visit)
    said = {
        "place": words.place(late.visit),
        "when": words.when(late),
        "missed": missed(late),
        "counted": counted(late),
    }
    return render(request, "coaching/notice_waive.html", {"form": form, "late": late} | said, status=status)
