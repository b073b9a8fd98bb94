"""All certificates and letters of an offering as one file: asking for it, watching it being made, opening it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from a3.actions import TooManyPrints, draw_here, note_use
from a3.models.printing import OfficePaper
from courses import actions, pdf
from courses.models import CertificateBook, Offering
from courses.models.certificate_books import usual_paper
from courses.papers import papers_for
from partners.http import AuthenticatedRequest, later_answer, pdf_answer, shown

PAGE = "courses/book_detail.html"


@require_POST
def book_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    offering = get_object_or_404(Offering.objects.overseen_by(request.user), pk=pk)
    paper = request.POST.get("paper") or usual_paper(offering.zone)
    if paper not in OfficePaper.values:
        raise Http404
    try:
        return redirect(actions.ask_for_book(offering, by=request.user, paper=paper))
    except TooManyPrints as refusal:
        return later_answer(refusal)


@require_safe
def book_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far it is, asked again every second until it has ended."""
    row = _book(request, pk)
    return render(request, shown(request, PAGE, part="progress"), {"print": row, "offering": row.offering})


@require_POST
def book_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another one as things are now: this one failed, or its file is gone."""
    row = _book(request, pk)
    try:
        row = actions.ask_for_book(row.offering, by=request.user, paper=row.paper)
    except TooManyPrints as refusal:
        return later_answer(refusal)
    return HttpResponseClientRedirect(row.get_absolute_url()) if request.htmx else redirect(row)


@require_POST
def book_here(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Make it in this very request: for when no worker runs."""
    row = _book(request, pk)
    try:
        draw_here(row, by=request.user, make=pdf.make_book)
    except TooManyPrints as refusal:
        return later_answer(refusal)
    return book_detail(request, pk) if request.htmx else redirect(row)


@require_safe
def book_file(request: AuthenticatedRequest, pk: int) -> HttpResponse | FileResponse:
    """For whoever asked for it, while all that it says is so."""
    row = _book(request, pk)
    if row.state != "ready":
        raise Http404
    if [paper.name for paper in papers_for(request.user, row.offering_id, timezone.now())] != row.papers:
        actions.let_go_of_book(row)
        return redirect(row)
    note_use(row)
    return pdf_answer(row.file, name=row.file_name)


def _book(request: AuthenticatedRequest, pk: int) -> CertificateBook:
    rows = CertificateBook.objects.visible_to(request.user).select_related("offering__course", "asked_by")
    return get_object_or_404(rows, pk=pk)
