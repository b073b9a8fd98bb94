"""What anybody may read without signing in: what is open, by month, and the page of each offering.

Nothing on these pages depends on the reader: they carry no token, set no cookie and may be kept by caches.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from courses.models import Course, Offering, Session
from courses.schema import course_of
from courses.views.rows import public_months, public_row
from partners.lib.pages import page_of

KEPT = 300  # seconds in which seats may stand as they were


@require_safe
@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """The coming ones by month; cancelled ones are left out."""
    now = timezone.now()
    offerings = Offering.objects.shown_to(request.user, now).upcoming(now).for_public_page()
    page = page_of(offerings, "starts_on", "pk", after=request.GET.get("after", ""))
    address = f"{settings.SITE_URL}{reverse('courses:public_list')}"
    context = {"page": page, "months": list(public_months(page, now)), "address": address}
    return _kept(request, render(request, "courses/public_list.html", context))


@require_safe
@login_not_required
def public_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = Offering.objects.shown_to(request.user, now).for_public_page()
    offering = get_object_or_404(shown, pk=pk)
    is_open = offering.is_open(now)
    context = {
        "offering": offering,
        "row": public_row(offering, now),
        "is_open": is_open,
        "sessions": _programme(request, offering, now),
        "is_over": offering.is_over(now),
        "schema": course_of(offering, is_open=is_open),
    }
    return _kept(request, render(request, "courses/public_detail.html", context))


def _programme(request: HttpRequest, offering: Offering, now: dt.datetime) -> Iterable[Session]:
    """Of a Summit, without the links of its rooms."""
    is_summit = offering.course.kind == Course.Kind.SUMMIT
    return Session.objects.shown_to(request.user, now).filter(offering=offering)[:200] if is_summit else ()


def _kept(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let caches keep it for a little; 304 while it is the same. The theme is a cookie."""
    answer["ETag"] = etag = quote_etag(hashlib.sha256(answer.content).hexdigest())
    answer["Cache-Control"] = f"{'private' if request.user.is_authenticated else 'public'}, max-age={KEPT}"
    patch_vary_headers(answer, ["Cookie"])
    return get_conditional_response(request, etag=etag, response=answer) or answer
