"""A visit before it begins: its agenda, how it is prepared, and which sheets it is about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3.models import Sheet
from coaching import actions, words
from coaching.agenda import agenda_of
from coaching.forms import PrepareForm
from coaching.models import Preparation, Promise, SheetTouched, Visit
from coaching.promised import before
from partners.http import AuthenticatedRequest
from partners.lib.pages import some_of

RELATED = ("coach", "site__partner")
SHOWN = 8  # visits of one sheet


@require_safe
def visit_agenda(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the visit opens with, for its page: promises of the last one, and until it is over what is up to then."""
    rows = Visit.objects.visible_to(request.user).with_record_rights_of(request.user)
    visit = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    context: dict[str, Any] = {"visit": visit, "today": timezone.localdate(timezone=visit.site.tzinfo)}
    if visit.may_read_record:
        mine = Promise.objects.visible_to(request.user).with_answer_right_of(request.user)
        context["before"] = before(visit, mine, context["today"])
    if visit.ends_at > timezone.now():
        context["agenda"] = agenda_of(visit, request.user)
    return render(request, "coaching/visit_agenda.html", context)


@require_http_methods(["GET", "POST"])
def visit_prepare(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Where to meet, what the host prepares, which sheets it is about."""
    visit = get_object_or_404(Visit.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    sheets = Sheet.objects.visible_to(request.user).kept().filter(partner=visit.site.partner_id)
    form = PrepareForm(request.POST or None, visit=visit, sheets=sheets.order_by("-updated_at", "-pk"))
    if form.is_valid():
        actions.prepare(visit, by=request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect(visit)
    context = {"form": form, "visit": visit, "place": words.place(visit), "when": words.when(visit)}
    return render(request, "coaching/visit_prepare.html", context, status=422 if form.errors else 200)


@require_POST
def preparation_tick(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Tick a line of the host's list, or take the tick back."""
    line = get_object_or_404(Preparation.objects.editable_by(request.user).select_related("visit"), pk=pk)
    actions.tick(line, by=request.user, is_done=request.POST.get("done") == "1")
    return redirect(line.visit)


@require_safe
def visits_of_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The visits that were about a sheet, for the sheet's page."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    rows = SheetTouched.objects.visible_to(request.user).filter(sheet=sheet)
    rows = rows.select_related("visit__site__partner", "visit__coach").order_by("-visit__starts_at", "-pk")
    some = some_of(rows, SHOWN)
    visits = [(row.visit, words.when(row.visit), words.state(row.visit)) for row in some]
    return render(request, "coaching/visits_of_sheet.html", {"sheet": sheet, "visits": visits, "left": some.left})
