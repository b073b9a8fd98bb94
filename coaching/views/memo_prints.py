"""A memo on paper: asking for it, watching it being made, opening it."""

from collections.abc import Callable
from functools import wraps

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from a3.actions import TooManyPrints, draw_again, draw_here, note_use
from a3.models.printing import OfficePaper
from coaching import actions, pdf, tasks
from coaching.forms import PaperForm
from coaching.models import Memo, MemoPrint
from partners.http import AuthenticatedRequest, later_answer, pdf_answer, shown

PAGE = "coaching/memo_print_detail.html"

type Asking = Callable[[AuthenticatedRequest, int], HttpResponse]


def limited(view: Asking) -> Asking:
    """Say so when too many prints were asked for."""

    @wraps(view)
    def guarded(request: AuthenticatedRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except TooManyPrints as refusal:
            return later_answer(refusal)

    return guarded


@limited
@require_POST
def memo_print(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for a sent memo on A4 or Letter; asked for twice it is the same file."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).sent(), pk=pk)
    form = PaperForm(request.POST)
    if not form.is_valid():
        raise Http404
    row = actions.ask_for_memo(memo, OfficePaper(form.cleaned_data["paper"]), by=request.user)
    return _answer(request, row)


@require_safe
def memo_print_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the print is, asked again every second until it has ended."""
    row = _printed(request, pk)
    return render(request, shown(request, PAGE, part="progress"), {"print": row, "visit": row.memo.visit})


@limited
@require_POST
def memo_print_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Once more: it failed, or its file was cleaned away."""
    row = draw_again(_printed(request, pk), by=request.user, task=tasks.print_memo)
    return _answer(request, row)


@limited
@require_POST
def memo_print_here(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Draw it in this very request: for when no worker runs."""
    row = _printed(request, pk)
    draw_here(row, by=request.user, make=pdf.make)
    return _answer(request, row)


@require_safe
def memo_print_file(request: AuthenticatedRequest, pk: int) -> FileResponse:
    row = _printed(request, pk)
    if row.state != "ready":
        raise Http404
    note_use(row)
    return pdf_answer(row.file, name=row.file_name, cache="private, max-age=3600")


def _printed(request: AuthenticatedRequest, pk: int) -> MemoPrint:
    rows = MemoPrint.objects.visible_to(request.user).select_related("memo__visit__site__partner", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _answer(request: AuthenticatedRequest, row: MemoPrint) -> HttpResponse:
    if not request.htmx:
        return redirect(row)
    fresh = _printed(request, row.pk)
    return render(request, f"{PAGE}#progress", {"print": fresh, "visit": fresh.memo.visit})
