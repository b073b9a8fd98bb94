"""The calendar file of an offering: for its people, and for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.calendars import calendar_of
from courses.models import Offering
from courses.views.offerings import may_see_link
from partners.http import AuthenticatedRequest

KEPT = 300  # seconds


@require_safe
def offering_calendar(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """With the link for those who may join."""
    user = request.user
    offering = get_object_or_404(Offering.objects.visible_to(user).for_page().with_state_of(user), pk=pk)
    link = offering.link if may_see_link(offering, user) else ""
    url = f"{settings.SITE_URL}{offering.get_absolute_url()}"
    text = calendar_of(offering, now=timezone.now(), url=url, where=offering.where, link=link)
    return _file(offering, text)


@require_safe
@login_not_required
def public_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Without link, and without a partner's site."""
    now = timezone.now()
    offering = get_object_or_404(Offering.objects.shown_to(request.user, now).for_public_page(), pk=pk)
    answer = _file(offering, calendar_of(offering, now=now, url=offering.public_url, where=offering.public_where))
    answer["Cache-Control"] = f"{'private' if request.user.is_authenticated else 'public'}, max-age={KEPT}"
    return answer


def _file(offering: Offering, text: bytes) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="course-{offering.pk}.ics"'
    return answer
