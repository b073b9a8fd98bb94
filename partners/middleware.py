"""Small layers around each request: plain text, times in the reader's zone, one person per page, no shared cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

UTF_8 = {"utf-8", "utf8"}
ENCODING = "This arrived in another encoding than UTF-8. Send it again from the page."
OTHER = "Somebody else is signed in here now. Reload the page."

type Next = Callable[[HttpRequest], HttpResponse]


class PlainTextMiddleware:
    """Let nothing in that no browser sends from our pages, and that no form looks at before it is used.

    Python would decode a request in whatever encoding it names, also in one whose text no database keeps; and a cookie
    can spell a NUL.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF_8:
            return HttpResponseBadRequest(ENCODING, content_type="text/plain; charset=utf-8")
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        return self.get_response(request)


class OwnZoneMiddleware:
    """Show times in the signed-in person's zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(request.user.tzinfo):
                return self.get_response(request)
        return self.get_response(request)


class SamePersonMiddleware:
    """Say whose page an answer is, and refuse what a page of one person sends while another is signed in.

    On a shared phone the page, its texts and its cookies may belong to different people: `X-Person` tells.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        me = str(request.user.pk)
        if request.headers.get("X-Person", me) != me:
            return HttpResponseForbidden(OTHER, content_type="text/plain; charset=utf-8")
        response = self.get_response(request)
        if request.user.pk:  # not when this very request signed out
            response["X-Person"] = me
        return response


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
