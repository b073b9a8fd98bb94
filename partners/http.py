"""The request as our views see it: somebody is signed in, htmx may be asking."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from partners.models import Person


class AuthenticatedRequest(HttpRequest):
    user: Person
    htmx: HtmxDetails


def shown(request: AuthenticatedRequest, page: str, *, part: str) -> str:
    """Name the whole page, or only one part of it when htmx asks."""
    return f"{page}#{part}" if request.htmx and not request.htmx.boosted else page
