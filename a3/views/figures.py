"""Figures of a sheet: which kinds there are, entering what one shows, and how it looks meanwhile."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import actions, entering
from a3.drawings import Drawings, drawn_of
from a3.entering import Entry
from a3.figures import KINDS
from a3.models import Figure, Section, Sheet
from a3.offering import kinds_for, people_near
from a3.views.telling import telling
from partners.http import AuthenticatedRequest, shown

PAGE = "a3/figure_edit.html"


@require_safe
def figure_detail(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """One figure as it is drawn, for the editor to show it where it stands."""
    figures = Figure.objects.visible_to(request.user).select_related("sheet")
    figure = get_object_or_404(figures, pk=number, sheet=pk)
    drawn = Drawings.of([figure], today=timezone.localdate()).drawn(str(number))
    context = {"figure": figure, "sheet": figure.sheet, "drawn": drawn}
    return render(request, shown(request, "a3/figure_detail.html", part="drawn"), context)


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def figure_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """First the kinds, then the empty table of one; saved, it stands at the end of the section it was begun from."""
    sheet = _mine(request, pk)
    section = _section_asked(request, sheet)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    context: dict[str, Any] = {"sheet": sheet, "section": section, "revision": 0}
    if kind not in KINDS:
        context |= kinds_for(section.name if section else "")
        return render(request, shown(request, "a3/figure_new.html", part="kinds"), context)
    if request.method != "POST":
        return _form(request, entering.blank(kind), context)
    entry = entering.received(kind, request.POST)
    if not _is_ready(request, entry):
        return _form(request, entry, context, status=422)
    figure = actions.add_figure(sheet, by=request.user, kind=kind, **entry.fields)
    if section and not request.htmx:  # the editor places it where the cursor stands
        actions.place_figure(figure, section=section.pk, by=request.user)
    return _saved(request, figure, section)


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def figure_edit(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    figures = Figure.objects.editable_by(request.user).select_related("sheet__site", "sheet__partner", "changed_by")
    figure = get_object_or_404(figures, pk=number, sheet=pk)
    context: dict[str, Any] = {"sheet": figure.sheet, "figure": figure, "revision": figure.revision}
    if request.method != "POST":
        entry = entering.kept(figure)
        return _form(request, entry, context | {"drawn": drawn_of(entry, today=timezone.localdate())})
    entry = entering.received(figure.kind, request.POST)
    context["revision"] = _number(request.POST.get("revision", ""))
    if not _is_ready(request, entry):
        return _form(request, entry, context, status=422)
    try:
        actions.save_figure(figure, by=request.user, revision=context["revision"], **entry.fields)
    except actions.FigureConflict as conflict:
        return _both_shown(request, entry, conflict.figure)
    return _saved(request, figure, _section_of(request, figure))


@require_POST
def figure_preview(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Draw what stands in the form now, without keeping it; in words what is missing."""
    _mine(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        return HttpResponse(status=422)
    entry = entering.received(kind, request.POST)
    drawn = drawn_of(entry, today=timezone.localdate())
    context = {"drawn": drawn, "entry": entry}
    return render(request, "a3/figure_edit.html#preview", context, status=200 if drawn else 422)


def _mine(request: AuthenticatedRequest, pk: int) -> Sheet:
    return get_object_or_404(Sheet.objects.editable_by(request.user).select_related("site", "partner"), pk=pk)


def _is_ready(request: AuthenticatedRequest, entry: Entry) -> bool:
    """Whether to save: a button of the table may have been meant, or something is missing."""
    deed = request.POST.get("do", "save")
    if deed != "save":
        entering.rearranged(entry, deed)
        return False
    return bool(drawn_of(entry, today=timezone.localdate()))


def _form(request: AuthenticatedRequest, entry: Entry, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    people = people_near(context["sheet"]) if entry.asks_who else []
    return render(
        request, shown(request, PAGE, part="form"), context | {"entry": entry, "people": people}, status=status
    )


def _both_shown(request: AuthenticatedRequest, entry: Entry, now: Figure) -> HttpResponse:
    """What was typed stays in the form; beside it what is saved now. Saving again is the choice for one's own."""
    drawn = Drawings.of([now], today=timezone.localdate()).drawn(str(now.pk))
    context = {"sheet": now.sheet, "figure": now, "revision": now.revision, "theirs": drawn}
    return _form(request, entry, context, status=409)


def _saved(request: AuthenticatedRequest, figure: Figure, section: Section | None) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"number": str(figure.pk)})
    url = figure.sheet.get_absolute_url()
    return redirect(f"{url}#section-{section.pk}" if section else url)


def _section_asked(request: AuthenticatedRequest, sheet: Sheet) -> Section | None:
    asked = _number(request.POST.get("section") or request.GET.get("section", ""))
    return sheet.sections.in_order().filter(pk=asked).first()


def _section_of(request: AuthenticatedRequest, figure: Figure) -> Section | None:
    sections = Section.objects.visible_to(request.user).filter(sheet=figure.sheet_id)
    return sections.filter(figure_ids__contains=[figure.pk]).first()


def _number(text: str) -> int:
    """A number that came in as text; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
