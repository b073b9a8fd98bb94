"""Where a form goes afterwards: back to the page that asked, if it is one of ours."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from coaching.models import Visit
from partners.http import AuthenticatedRequest


def back_to(request: AuthenticatedRequest, visit: Visit) -> HttpResponseRedirect:
    """Return to the address in the form's `next`, or to the visit."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if ours else visit.get_absolute_url())
