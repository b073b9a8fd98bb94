"""The calendar feed: what a calendar program reads under the secret address of one person."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from coaching import calendars
from coaching.models import CalendarFeed, Visit


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The visits that this person may see at this moment; 304 while nothing has changed."""
    owner = get_object_or_404(CalendarFeed.objects.for_token(token).select_related("person")).person
    visits = Visit.objects.visible_to(owner).in_feed_of(owner, timezone.now())
    text = calendars.feed(visits.select_related("site__partner", "coach"))
    etag = quote_etag(hashlib.sha256(text).hexdigest())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="lei-partners.ics"'
    return get_conditional_response(request, etag=etag, response=answer) or answer
