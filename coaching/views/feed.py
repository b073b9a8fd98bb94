"""My calendar feed: make its secret address, renew it, revoke it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching import actions
from coaching.models import CalendarFeed
from partners.http import AuthenticatedRequest

PAGE = "coaching/feed_settings.html"


@require_safe
def feed_settings(request: AuthenticatedRequest) -> HttpResponse:
    feed = CalendarFeed.objects.visible_to(request.user).active().first()
    return render(request, PAGE, {"feed": feed})


@require_POST
def feed_make(request: AuthenticatedRequest) -> HttpResponse:
    """Make or renew; the answer is the one page that shows the address."""
    token = actions.make_feed(by=request.user)
    feed = CalendarFeed.objects.visible_to(request.user).active().first()
    address = request.build_absolute_uri(reverse("coaching:feed", args=[token]))
    return render(request, PAGE, {"feed": feed, "address": address})


@require_POST
def feed_revoke(request: AuthenticatedRequest) -> HttpResponse:
    actions.revoke_feed(by=request.user)
    messages.success(request, "The address has stopped working.")
    return redirect("coaching:feed_settings")
