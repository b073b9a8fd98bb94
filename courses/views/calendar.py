"""The calendar file of an offering: for its people, and for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.calendars import Reader, calendar_of
from courses.models import Course, Offering, Pick, Session
from courses.models.enrollments import SEATED
from courses.views.offerings import may_see_link
from partners.http import AuthenticatedRequest

KEPT = 300  # seconds


@require_safe
def offering_calendar(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """With the link for those who may join, and with the sessions that who has a seat goes to."""
    user = request.user
    offering = get_object_or_404(Offering.objects.visible_to(user).for_page().with_state_of(user), pk=pk)
    link = offering.link if may_see_link(offering, user) else ""
    url = f"{settings.SITE_URL}{offering.get_absolute_url()}"
    sessions: list[Session] = []
    if offering.course.kind == Course.Kind.SUMMIT and getattr(offering, "own_state", None) in SEATED:
        own = Pick.objects.visible_to(user).filter(person=user)
        sessions = list(Session.objects.visible_to(user).filter(offering=offering, pk__in=own.values("session")))
    reader = Reader(url, offering.where, link, sessions)
    return _file(offering, calendar_of(offering, reader, now=timezone.now()))


@require_safe
@login_not_required
def public_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Without link, and without a partner's site."""
    now = timezone.now()
    offering = get_object_or_404(Offering.objects.shown_to(request.user, now).for_public_page(), pk=pk)
    answer = _file(offering, calendar_of(offering, Reader(offering.public_url, offering.public_where), now=now))
    answer["Cache-Control"] = f"{'private' if request.user.is_authenticated else 'public'}, max-age={KEPT}"
    return answer


def _file(offering: Offering, text: bytes) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="course-{offering.pk}.ics"'
    return answer
