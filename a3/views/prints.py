"""A sheet on paper: asking for it, watching it being made, opening it, and finding again what a print says."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from a3 import actions, pdf
from a3.choices import PrintChoice
from a3.models import Round, Section, Sheet, SheetPrint
from partners.http import AuthenticatedRequest, pdf_answer, shown

YEAR = 365 * 24 * 3600


@require_POST
def print_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for the sheet as it is now; the same sheet asked for twice is the same print."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    return _asked(request, sheet)


@require_POST
def round_print(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """Ask for the sheet as a round kept it."""
    frozen = get_object_or_404(Round.objects.visible_to(request.user), sheet=pk, number=number)
    return _asked(request, get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk), frozen=frozen)


def _asked(request: AuthenticatedRequest, sheet: Sheet, *, frozen: Round | None = None) -> HttpResponse:
    choice = PrintChoice.asked(request.POST)
    try:
        row = actions.ask_for_print(sheet, by=request.user, frozen=frozen, **choice.options)
    except actions.TooManyPrints as refusal:
        return _refused(request, sheet, refusal)
    response = _answer(request, row)
    secure = bool(settings.SESSION_COOKIE_SECURE)
    cookie = f"print-{request.user.pk}"
    response.set_cookie(cookie, choice.word, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def choice_of(request: AuthenticatedRequest) -> PrintChoice:
    """What this person took last time, in this browser."""
    return PrintChoice.remembered(request.COOKIES.get(f"print-{request.user.pk}", ""))


@require_safe
def print_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the print is, asked again every second until it has ended; and what it says, word by word."""
    row = _printed(request, pk)
    context = {"print": row, "sheet": row.sheet, "too_long": _too_long(request, row)}
    if not request.htmx and row.version:
        context["said"] = pdf.shown(row.version)
    return render(request, shown(request, "a3/print_detail.html", part="progress"), context)


@require_POST
def print_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """That very version once more: it failed, or its file was cleaned away."""
    row = _printed(request, pk)
    try:
        row = actions.print_again(row, by=request.user)
    except actions.TooManyPrints as refusal:
        return _refused(request, row.sheet, refusal)
    return _answer(request, row)


@require_POST
def print_here(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Draw it in this very request: for when no worker runs."""
    row = _printed(request, pk)
    try:
        actions.print_here(row, by=request.user)
    except actions.TooManyPrints as refusal:
        return _refused(request, row.sheet, refusal)
    return _answer(request, row)


@require_safe
def print_file(request: AuthenticatedRequest, pk: int) -> FileResponse:
    row = _printed(request, pk)
    if row.state != "ready":
        raise Http404
    actions.note_use(row)
    return pdf_answer(row.file, name=row.file_name, cache="private, max-age=3600")


def _printed(request: AuthenticatedRequest, pk: int) -> SheetPrint:
    rows = SheetPrint.objects.visible_to(request.user).select_related("sheet__partner", "asked_by", "round")
    return get_object_or_404(rows.defer("version", "round__content") if request.htmx else rows, pk=pk)


def _refused(request: AuthenticatedRequest, sheet: Sheet, refusal: Exception) -> HttpResponse:
    page = shown(request, "a3/print_refused.html", part="words")
    return render(request, page, {"sheet": sheet, "words": refusal}, status=429)


def _answer(request: AuthenticatedRequest, row: SheetPrint) -> HttpResponse:
    if not request.htmx:
        return redirect(row)
    fresh = _printed(request, row.pk)
    context = {"print": fresh, "sheet": fresh.sheet, "too_long": _too_long(request, fresh)}
    return render(request, "a3/print_detail.html#progress", context)


def _too_long(request: AuthenticatedRequest, row: SheetPrint) -> list[dict[str, Any]]:
    """Each section that is too long, with its address on the sheet where it is still there."""
    if not row.too_long:
        return []
    sections = Section.objects.visible_to(request.user).filter(sheet=row.sheet_id)
    numbers = dict(sections.values_list("type__position", "pk"))
    return [found | {"pk": numbers.get(found["number"])} for found in row.too_long]
