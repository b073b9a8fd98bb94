"""Sheets: a new one, its particulars, and the page of one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from a3 import actions
from a3.drawings import drawings_in
from a3.forms import CopyForm, SheetChangeForm, SheetForm
from a3.models import Section, Sheet
from a3.threads import count_open, pens_of
from a3.views.fullness import gauge_of
from a3.views.prints import choice_of
from a3.views.sides import asked_for, side_of
from partners.http import AuthenticatedRequest
from partners.models import Partner, Site

PAGE = "a3/sheet_detail.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: AuthenticatedRequest) -> HttpResponse:
    """For people who work at a partner now; LEI's people coach sheets, they do not own them."""
    now_at = list(request.user.assignments.current().values_list("site", flat=True))
    partners = list(Partner.objects.visible_to(request.user).filter(sites__in=now_at).distinct())
    if not partners:
        raise Http404("Sheets are started by people of a partner.")
    initial = {"site": now_at[0], "part_of": request.GET.get("part_of")}
    form = SheetForm(request.POST or None, partners=partners, reader=request.user, initial=initial)
    if form.is_valid():
        sheet = form.save(commit=False)
        sheet.partner = sheet.site.partner
        try:
            return redirect(actions.start_sheet(sheet, by=request.user))
        except actions.NotBelow as refused:
            form.add_error("part_of", str(refused))
    return render(request, "a3/sheet_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_copy(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Begin with what this one says: for people who work at its partner now."""
    here = request.user.assignments.current().values("site__partner")
    source = get_object_or_404(Sheet.objects.visible_to(request.user).filter(partner__in=here).with_people(), pk=pk)
    sites = Site.objects.visible_to(request.user).filter(partner=source.partner).order_by("sort_name")
    initial = {"title": source.title, "site": source.site_id}
    form = CopyForm(request.POST or None, sites=sites, initial=initial)
    if form.is_valid():
        return redirect(actions.copy_sheet(source, by=request.user, **form.cleaned_data))
    status = 422 if form.is_bound else 200
    return render(request, "a3/sheet_copy.html", {"form": form, "sheet": source}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user).with_people(), pk=pk)
    form = SheetChangeForm(request.POST or None, instance=sheet, partners=[sheet.partner], reader=request.user)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.change_particulars(form.instance, fields=form.changed_fields)
            return redirect(sheet)
        except (actions.NotYourBall, actions.NotBelow) as refused:
            form.add_error(None, str(refused))
            status = 409
    return render(request, "a3/sheet_edit.html", {"form": form, "sheet": sheet}, status=status)


@require_safe
def sheet_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheets = Sheet.objects.visible_to(request.user).with_head().with_rights_of(request.user)
    sheet = get_object_or_404(sheets.select_related("fullness", *asked_for(request).reads), pk=pk)
    side = side_of(sheet, request)
    if request.htmx and not request.htmx.boosted:
        return render(request, f"{PAGE}#side", side)
    response = render(request, PAGE, side | around(side, sheet, request))
    response["X-Keep"] = "yes"  # off line the browser may show it to this very person: static/js/worker.js
    return response


def around(side: dict[str, Any], sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """What the page of a sheet shows beside the tab that is open; that may have read sections and remarks already."""
    sections = side["sections"] if "sections" in side else list(sheet.sections.in_order())
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
    return Sheet.objects.visible_to(request.user).filter(pk=sheet.parent_id).first()


def halves(sections: list[Section]) -> dict[str, Any]:
    """What the sheet's own template wants of its sections."""
    left, right = ([s for s in sections if s.half == half] for half in ("left", "right"))
    drawn = {"drawings": drawings_in(sections), "on": timezone.localdate()}
    return {"sections": sections, "left": left, "right": right} | drawn
