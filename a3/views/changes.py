"""What changed on a sheet between two rounds, or between a round and now."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from a3.changes import changes_between
from a3.contents import content_of
from a3.models import Round, Sheet
from partners.http import AuthenticatedRequest

NOW = "now"


@require_safe
def round_compare(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Two copies as one text; without a choice the newest round and now. For htmx one `section` alone."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user).with_people(), pk=pk)
    frozen = Round.objects.visible_to(request.user).filter(sheet=sheet).order_by("number")
    rounds = list(frozen.select_related("handed_over_by", "handed_over_to").defer("content"))
    since, until = _chosen(request, [row.number for row in rounds])
    context: dict[str, Any] = {"sheet": sheet, "rounds": rounds, "since": since, "until": until, "now": NOW}
    if rounds:
        then, now = (_content(request, sheet, which) for which in (since, until))
        only = request.GET.get("section", "")
        number = int(only) if only.isascii() and only.isdigit() and len(only) < 4 else None
        context["changes"] = changes_between(then, now, today=timezone.localdate(), only=number)
        context["titles"] = [content["title"] for content in (then, now)] if then["title"] != now["title"] else []
    return render(request, f"a3/round_compare.html{'#changes' if request.htmx else ''}", context)


def _chosen(request: AuthenticatedRequest, numbers: list[int]) -> tuple[str, str]:
    """The two that were asked for, the older first; what is not there becomes the newest round, or now."""
    known = [*map(str, numbers), NOW]
    since, until = request.GET.get("from", ""), request.GET.get("to", "")
    since = since if since in known else known[-2] if numbers else NOW
    until = until if until in known else NOW
    older, newer = sorted((since, until), key=known.index)
    return older, newer


def _content(request: AuthenticatedRequest, sheet: Sheet, which: str) -> dict[str, Any]:
    if which == NOW:
        return content_of(sheet)
    found: dict[str, Any] = Round.objects.visible_to(request.user).get(sheet=sheet, number=int(which)).content
    return found
