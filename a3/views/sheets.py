"""Sheets: a new one, its particulars, and the page of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from a3 import actions
from a3.forms import CopyForm, SheetChangeForm, SheetForm
from a3.models import Sheet
from a3.views.pages import sheet_for, sheet_page
from a3.views.telling import telling
from partners.http import AuthenticatedRequest
from partners.models import Partner, Site


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


@telling("pk")
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
    response = sheet_page(request, sheet_for(request, pk))
    if not request.htmx:
        response["X-Keep"] = "yes"  # off line the browser may show it to this very person: static/js/worker.js
    return response
