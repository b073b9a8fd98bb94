"""Links in mails that do one thing without signing in: GET shows the question, as scanners of mail follow links."""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

type View[A] = Callable[[HttpRequest, A, str], HttpResponse]
type Guarded = Callable[[HttpRequest, str], HttpResponse]


def by_link[A](read: Callable[[str], A | None], *, over: str) -> Callable[[View[A]], Guarded]:
    """Give the view what the link stands for; where that is nothing (any more), the page `over` says what to do.

    The address is a secret: no other site hears it, no search engine keeps it.
    """

    def wrapped(view: View[A]) -> Guarded:
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            found = read(token)
            if request.method == "POST" and not ratelimit.consume(request, action="answer"):
                response = render(request, "429.html", status=429)
            elif found is None:
                response = render(request, over, status=404)
            else:
                response = view(request, found, token)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "same-origin"
            return response

        return login_not_required(guarded)

    return wrapped
