"""Certificates and letters: the file for whoever may see the enrollment; whether one is valid, for everybody."""

from copy import copy

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from a3.models.printing import OfficePaper
from a3.pdf import CannotPrint
from courses import pdf
from courses.models import Certificate, Enrollment
from courses.models.certificate_books import usual_paper
from courses.models.certificates import code_in
from courses.papers import paper_of
from partners.http import AuthenticatedRequest


@require_safe
def paper_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The certificate or the letter of one enrollment; ?paper= is a4 or letter, else what is usual at the place."""
    rows = Enrollment.objects.visible_to(request.user).for_page().prefetch_related("offering__instructors")
    row = get_object_or_404(rows, pk=pk)
    paper, size = paper_of(row, timezone.now()), request.GET.get("paper") or usual_paper(row.offering.zone)
    if paper is None or size not in OfficePaper.values:
        raise Http404
    if _is_too_often(request, "paper"):
        return render(request, "429.html", status=429)
    try:
        printed = pdf.render(paper, size=size)
    except CannotPrint as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    what = "Certificate" if paper.certificate else "Letter"
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    name = f"{what} {row.offering.starts_on:%Y-%m-%d} {row.person.name}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_not_required
def certificate_find(request: HttpRequest) -> HttpResponse:
    """Where the code of a certificate is typed in."""
    code = code_in(request.GET.get("code", ""))
    return redirect("courses:certificate_check", code) if code else _answer(request, {})


@require_safe
@login_not_required
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Whose certificate it is, for which course and days, and whether it is valid: nothing else, for anybody.

    Wrong codes are counted, thirty a minute from one machine; of 2^59 nobody guesses one at any speed.
    """
    found = Certificate.objects.shown_to(request.user, code).select_related(
        "enrollment__person", "enrollment__offering__course"
    )
    certificate = found.first()
    if certificate is None and _is_too_often(request, "certificate"):
        return render(request, "429.html", status=429)
    return _answer(request, {"certificate": certificate, "asked": code[:40]}, status=200 if certificate else 404)


def _is_too_often(request: HttpRequest, action: str) -> bool:
    """The limits count no GET of their own accord; here looking is what is limited."""
    counted = copy(request)
    counted.method = "POST"
    return not ratelimit.consume(counted, action=action)


def _answer(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """No search engine keeps it, and no other site hears the address."""
    response = render(request, "courses/certificate_check.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
