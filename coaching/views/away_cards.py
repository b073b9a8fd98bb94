"""What the board shows of leave and travel: their cards, from which they are taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coaching import words
from coaching.models import Leave, TravelDay
from partners.http import AuthenticatedRequest, shown


@require_safe
def leave_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Leave of a coach, for LEI's people."""
    leave = get_object_or_404(Leave.objects.visible_to(request.user).standing().select_related("coach"), pk=pk)
    may_remove = Leave.objects.editable_by(request.user).filter(pk=pk).exists()
    return _show(request, leave, {"title": leave.note or "Leave", "may_remove": may_remove, "remove": "leave_remove"})


@require_safe
def travel_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A coach's day on the way, for LEI's people."""
    rows = TravelDay.objects.visible_to(request.user).standing().select_related("coach", "visit__site__partner")
    travel = get_object_or_404(rows, pk=pk)
    may_remove = TravelDay.objects.editable_by(request.user).filter(pk=pk).exists()
    there = words.place(travel.visit) if travel.visit else ""
    facts = {"title": travel.route or "Travel", "may_remove": may_remove, "remove": "travel_remove", "there": there}
    return _show(request, travel, facts)


def _show(request: AuthenticatedRequest, away: Leave | TravelDay, facts: dict[str, object]) -> HttpResponse:
    context = facts | {"away": away, "when": words.when(away), "remove": f"coaching:{facts['remove']}"}
    return render(request, shown(request, "coaching/away_detail.html", part="card"), context)
