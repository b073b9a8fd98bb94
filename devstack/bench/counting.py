"""The bare view, and what an answer has cost in its headers."""

import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from devstack.bench.visitor import CLOCK, COUNT
from partners.models import Partner

BODY = b"<!doctype html><title>Bare</title>" + b"<p>The same words, thirty thousand bytes of them.</p>\n" * 560


class CountingMiddleware:
    """Outermost, so that nothing of the request is missed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._counted(request) if COUNT in request.headers else self.get_response(request)
        response[CLOCK] = str(time.process_time_ns())
        return response

    def _counted(self, request: HttpRequest) -> HttpResponse:
        queries = 0

        def count[**P, R](execute: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
            nonlocal queries
            queries += 1
            return execute(*args, **kwargs)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[COUNT] = str(queries)
        return response


def bare(request: HttpRequest) -> HttpResponse:
    """Session, user, one query, 30 kB: the least that a page for one person can do."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    Partner.objects.order_by("pk").values_list("pk").first()
    return HttpResponse(BODY)
