"""The pack of a visit: asking for it, watching it being made, opening it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from a3.actions import TooManyPrints, draw_here, note_use
from coaching import actions, pack_pdf
from coaching.models import Visit, VisitPack
from partners.http import AuthenticatedRequest, later_answer, pdf_answer, shown

PAGE = "coaching/pack_detail.html"


@require_POST
def pack_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for it as things are now, on the paper that lies in the printers of the site."""
    visits = Visit.objects.visible_to(request.user).active().select_related("site")
    visit = get_object_or_404(visits, pk=pk)
    try:
        return redirect(actions.ask_for_pack(visit, by=request.user))
    except TooManyPrints as refusal:
        return later_answer(refusal)


@require_safe
def pack_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far it is, asked again every second until it has ended."""
    row = _pack(request, pk)
    return render(request, shown(request, PAGE, part="progress"), {"print": row, "visit": row.visit})


@require_POST
def pack_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another one as things are now: this one failed, or its file is gone."""
    visit = _pack(request, pk).visit
    try:
        row = actions.ask_for_pack(visit, by=request.user)
    except TooManyPrints as refusal:
        return later_answer(refusal)
    return HttpResponseClientRedirect(row.get_absolute_url()) if request.htmx else redirect(row)


@require_POST
def pack_here(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Make it in this very request: for when no worker runs."""
    row = _pack(request, pk)
    try:
        draw_here(row, by=request.user, make=pack_pdf.make_pack)
    except TooManyPrints as refusal:
        return later_answer(refusal)
    return _answer(request, row)


@require_safe
def pack_file(request: AuthenticatedRequest, pk: int) -> HttpResponse | FileResponse:
    """For whoever asked for it, while they may see every sheet in it."""
    row = _pack(request, pk)
    if row.state != "ready":
        raise Http404
    if not row.is_readable():
        actions.let_go_of_pack(row)
        return redirect(row)
    note_use(row)
    return pdf_answer(row.file, name=row.file_name)


def _pack(request: AuthenticatedRequest, pk: int) -> VisitPack:
    rows = VisitPack.objects.visible_to(request.user).select_related("visit__site__partner", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _answer(request: AuthenticatedRequest, row: VisitPack) -> HttpResponse:
    if not request.htmx:
        return redirect(row)
    fresh = _pack(request, row.pk)
    return render(request, f"{PAGE}#progress", {"print": fresh, "visit": fresh.visit})
