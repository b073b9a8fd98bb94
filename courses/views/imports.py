"""Putting many people down from a list: sent, looked at, mended in place, confirmed."""

from collections.abc import Iterator
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from courses import actions
from courses.actions.importing import AT_ONCE
from courses.forms import ColumnsForm, ImportForm, MendForm
from courses.models import EnrollmentImport, ImportRow, Offering
from courses.views.list_rows import Summary, shown_rows
from partners.http import AuthenticatedRequest, csv_answer, shown
from partners.lib.pages import page_of
from partners.tables import Cell, Column

PAGE = "courses/import_detail.html"
SHOWN = {"look": 0, "ready": 1, "done": 2, "idle": 3}
REPORT = [Column(title) for title in ("Row", "Name", "E-mail", "Person", "What became of it", "Why")]
PIECE = 1000  # rows of a report


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Send a list; nobody is put down by that."""
    offering = get_object_or_404(Offering.objects.approvable_by(request.user).for_page(), pk=pk)
    if request.method == "POST" and not ratelimit.consume(request, action="import", user=request.user):
        return render(request, "429.html", status=429)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not form.is_valid():
        return _new(request, offering, form, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    try:
        name = str(file.name) if file else ""
        of = actions.take_in(offering, form.cleaned_data["read"], by=request.user, name=name)
    except actions.Refused as refusal:
        return _new(request, offering, form, status=409, refusal=refusal)
    return _worked(of)


def _new(
    request: AuthenticatedRequest,
    offering: Offering,
    form: ImportForm,
    *,
    status: int,
    refusal: Exception | None = None,
) -> HttpResponse:
    now, begun = timezone.now(), EnrollmentImport.objects.visible_to(request.user).filter(offering=offering)
    is_alive = not (offering.cancelled_at or offering.is_over(now))
    context = {
        "offering": offering,
        "form": form,
        "refusal": refusal,
        "is_open": is_alive and (request.user.sees_all_partners or offering.is_open(now)),
        "begun": begun[:10],
    }
    return render(request, "courses/import_new.html", context, status=status)


@require_safe
def import_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The list with what will become of each row; those that need a look first."""
    of = _own(request, pk)
    if request.htmx and not of.work:
        return HttpResponseClientRefresh()
    return _page(request, of)


@require_POST
def import_columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    of = _own(request, pk)
    form = ColumnsForm(request.POST, of=of, first=_first(of))
    if not form.is_valid():
        return _page(request, of, status=422, columns=form)
    try:
        of = actions.match_columns(of, form.chosen, headings=form.cleaned_data["headings"])
    except actions.Refused as refusal:
        return _page(request, of, status=409, refusal=refusal)
    return _worked(of)


@require_POST
def import_confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _worked(actions.confirm(_own(request, pk)))


@require_POST
def import_drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    of = _own(request, pk)
    actions.throw_away(of)
    messages.success(request, "The list is thrown away. Who was put down stays on the list of the offering.")
    return redirect("courses:import_new", of.offering_id)


@require_POST
def import_row_mend(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Write a row anew, say who is meant, or leave it out; htmx gets that row and the summary."""
    rows = ImportRow.objects.visible_to(request.user).select_related("of__offering__course", "of__offering__partner")
    row = get_object_or_404(rows.shown(), pk=pk)
    form, refusal = MendForm(request.POST), None
    if not form.is_valid():
        refusal = "That is longer than any name or address."
    else:
        try:
            row = actions.leave_out(row) if "leave_out" in request.POST else actions.mend(row, **form.cleaned_data)
        except actions.Refused as no:
            refusal = str(no)
    status = 409 if refusal else 200
    if not request.htmx:
        return _page(request, row.of, status=409, refusal=refusal) if refusal else redirect(row.of)
    summary = _summary(row.of, row.of.offering)
    context = {"of": row.of, "one": shown_rows(request, row.of, [row])[0], "summary": summary, "refusal": refusal}
    return render(request, f"{PAGE}#answer", context, status=status)


@require_safe
def import_report(request: AuthenticatedRequest, pk: int) -> StreamingHttpResponse:
    """What became of each row, as a file."""
    of = _own(request, pk)
    return csv_answer(f"List for {of.offering}", REPORT, _reported(of))


def _reported(of: EnrollmentImport) -> Iterator[list[Cell]]:
    last = -1
    while rows := list(of.rows.shown().filter(number__gt=last).order_by("number").select_related("person")[:PIECE]):
        for row in rows:
            who = str(row.person or "")
            yield [row.number, row.name, row.email, who, row.get_outcome_display(), row.says]
        last = rows[-1].number


def _own(request: AuthenticatedRequest, pk: int) -> EnrollmentImport:
    known = EnrollmentImport.objects.visible_to(request.user)
    return get_object_or_404(known.select_related("offering__course", "offering__site", "offering__partner"), pk=pk)


def _worked(of: EnrollmentImport) -> HttpResponse:
    """Do at once what a request has the time for; the page tells how far the rest is."""
    if of.rows.to_do()[: AT_ONCE + 1].count() <= AT_ONCE:
        actions.work_on(of.pk)
    return redirect(of)


def _first(of: EnrollmentImport) -> list[str]:
    """The cells that say what a column holds: its headings, or those of the first person."""
    place = max(of.headings - 1, 0)
    return next(iter(of.rows.order_by("number").values_list("cells", flat=True)[place : place + 1]), [])


def _summary(of: EnrollmentImport, offering: Offering) -> Summary:
    return Summary(of.rows.counts(), offering.left)


def _page(request: AuthenticatedRequest, of: EnrollmentImport, *, status: int = 200, **more: Any) -> HttpResponse:
    show = request.GET.get("show", "")
    rows = of.rows.shown().select_related("person")
    if show in SHOWN:
        rows = rows.filter(turn=SHOWN[show])
    page = page_of(rows, "turn", "number", after=request.GET.get("after", ""))
    context = {
        "of": of,
        "offering": of.offering,
        "summary": _summary(of, of.offering),
        "show": show,
        "page": page,
        "rows": [] if of.work else shown_rows(request, of, page.rows),
        "columns": ColumnsForm(of=of, first=_first(of)),
    }
    template = shown(request, PAGE, part="progress") if of.work else PAGE
    return render(request, template, context | more, status=status)
