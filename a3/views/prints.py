"""A sheet on paper: asking for it, watching it being made, opening it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from a3 import actions
from a3.models import Paper, Sheet, SheetPrint
from partners.http import AuthenticatedRequest, shown

TOO_MANY = "You have asked for 20 prints within a minute. Wait a minute, then print again."


@require_POST
def print_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for the sheet as it is now; the same sheet asked for twice is the same print."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    wanted = request.POST.get("paper", Paper.A3)
    paper = wanted if wanted in Paper.values else Paper.A3
    try:
        row = actions.ask_for_print(sheet, by=request.user, paper=paper)
    except actions.TooManyPrints:
        return render(request, "a3/print_refused.html", {"sheet": sheet, "words": TOO_MANY}, status=429)
    return _answer(request, row)


@require_safe
def print_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the print is; the page asks again every second until it has ended."""
    rows = SheetPrint.objects.visible_to(request.user).select_related("sheet__partner", "asked_by")
    row = get_object_or_404(rows, pk=pk)
    return render(request, shown(request, "a3/print_detail.html", part="progress"), {"print": row, "sheet": row.sheet})


@require_POST
def print_here(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Draw it in this very request: for when no worker runs."""
    row = get_object_or_404(SheetPrint.objects.visible_to(request.user), pk=pk)
    actions.print_here(row)
    return _answer(request, row)


@require_safe
def print_file(request: AuthenticatedRequest, pk: int) -> FileResponse:
    row = get_object_or_404(SheetPrint.objects.visible_to(request.user).select_related("sheet"), pk=pk)
    if row.state != "ready":
        raise Http404
    response = FileResponse(row.file.open(), filename=row.file_name, content_type="application/pdf")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _answer(request: AuthenticatedRequest, row: SheetPrint) -> HttpResponse:
    if not request.htmx:
        return redirect(row)
    fresh = SheetPrint.objects.visible_to(request.user).select_related("sheet").get(pk=row.pk)
    return render(request, "a3/print_detail.html#progress", {"print": fresh, "sheet": fresh.sheet})
