"""The page of one sheet with a tab beside it: what every view about a sheet answers with, or the panel alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from a3.drawings import drawings_in
from a3.models import Section, Sheet
from a3.reading import sections_of
from a3.threads import count_open, pens_of
from a3.views.fullness import gauge_of
from a3.views.prints import choice_of
from a3.views.sides import asked_for, side_of
from partners.http import AuthenticatedRequest

PAGE = "a3/sheet_detail.html"


def sheet_for(request: AuthenticatedRequest, pk: int) -> Sheet:
    """The sheet with what its page says of it; not there for who does not see it."""
    sheets = Sheet.objects.visible_to(request.user).with_head().with_rights_of(request.user)
    return get_object_or_404(sheets.select_related("fullness", *asked_for(request).reads), pk=pk)


def sheet_page(
    request: AuthenticatedRequest, sheet: Sheet, *, name: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    """Answer with the tab `name`, or the one asked for, and with bound `forms` to show again; htmx gets the panel."""
    side = side_of(sheet, request, name=name, **forms)
    if request.htmx and not request.htmx.boosted:
        return render(request, f"{PAGE}#side", side, status=status)
    return render(request, PAGE, side | _around(side, sheet, request), status=status)


def _around(side: dict[str, Any], sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """What the page shows beside the tab that is open; that may have read sections and remarks already."""
    sections = side["sections"] if "sections" in side else sections_of(sheet)
    remarks = side["remarks"] if "remarks" in side else list(sheet.remarks.threads())
    count_open(remarks, sections)
    return (
        halves(sections)
        | gauge_of(sheet, sections)
        | {
            "may_edit": sheet.may_edit,
            "is_lapsed": sheet.is_agreed_on and sheet.agreements.lapsed().exists(),
            "pens": pens_of(remarks, address=sheet.get_absolute_url()),
            "choice": choice_of(request),
            "parent": _parent(sheet, request),
        }
    )


def _parent(sheet: Sheet, request: AuthenticatedRequest) -> Sheet | None:
    """What it is part of, for who sees that one too."""
    if not sheet.parent_id:
        return None
    return Sheet.objects.visible_to(request.user).filter(pk=sheet.parent_id).only("title").order_by().first()


def halves(sections: list[Section]) -> dict[str, Any]:
    """What the sheet's own template wants of its sections."""
    left, right = ([s for s in sections if s.half == half] for half in ("left", "right"))
    drawn = {"drawings": drawings_in(sections), "on": timezone.localdate()}
    return {"sections": sections, "left": left, "right": right} | drawn
