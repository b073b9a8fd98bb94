"""How full the paper is, while one writes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from a3 import actions
from a3.models import Fullness, Section, Sheet
from a3.models.fullness import gauges
from partners.http import AuthenticatedRequest


@require_POST
def sheet_fullness(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The gauge of the sheet as it stands; where it has not been measured since the last change, that is asked for."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    found = Fullness.objects.visible_to(request.user).filter(sheet=sheet).first()
    if found is None or not found.is_of(sheet):
        actions.ask_for_measure(sheet)
        return HttpResponse(status=204)  # the gauge stays as it is, dimmed
    sections = Section.objects.visible_to(request.user).filter(sheet=sheet).select_related("type")
    context = {"gauge": found.whole, "gauges": gauges(found, sections)}
    return render(request, "a3/_fullness.html#gauge", context)


def gauge_of(sheet: Sheet, sections: list[Section]) -> dict[str, Any]:
    """What the page of a sheet (with `fullness`) shows at once; nothing where it is not true of the sheet as it is."""
    found = getattr(sheet, "fullness", None)
    if found is None or not found.is_of(sheet):
        return {"waiting": True}
    return {"gauge": found.whole, "gauges": gauges(found, sections)}
