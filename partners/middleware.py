"""Two small layers around each request: times in the reader's zone, and pages that no shared cache keeps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

type Next = Callable[[HttpRequest], HttpResponse]


class OwnZoneMiddleware:
    """Show times in the signed-in person's zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(request.user.tzinfo):
                return self.get_response(request)
        return self.get_response(request)


class PrivateCacheMiddleware:
    """Keep private pages out of every cache unless the view has said otherwise; htmx and plain answers differ."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request"])
        return response
