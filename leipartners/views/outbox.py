"""The outbox: every mail the program planned, sent or could not send, for LEI's staff and administrators."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners import actions
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of
from partners.models import Mail
from partners.models.mails import STATES, TROUBLE


@require_safe
def mail_list(request: AuthenticatedRequest) -> HttpResponse:
    """The newest first; ?state= is one of the states or "trouble", ?to= a name or an address."""
    if not request.user.sees_all_partners:
        raise Http404
    state, to = request.GET.get("state", ""), request.GET.get("to", "").replace("\x00", "").strip()[:100]
    found = Mail.objects.manageable_by(request.user).in_state(state, timezone.now())
    if to:
        found = found.to_somebody_called(to)
    rows = found.select_related("person").defer("text", "html", "calendar")
    page = page_of(rows, "created_at", "pk", after=request.GET.get("after", ""), descending=True)
    context = {"page": page, "states": (TROUBLE, *STATES), "state": state, "to": to}
    return render(request, "outbox/mail_list.html", context)


@require_safe
def mail_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One mail as it went out; a secret one shows no text."""
    found = Mail.objects.manageable_by(request.user).with_reason().select_related("person", "resent_by")
    return render(request, "outbox/mail_detail.html", {"mail": get_object_or_404(found, pk=pk)})


@require_POST
def mail_resend(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Send a failed or interrupted mail once more."""
    mail = get_object_or_404(Mail.objects.manageable_by(request.user), pk=pk)
    if actions.resend(mail, by=request.user):
        messages.success(request, f"The mail to {mail.address} goes out again now.")
    else:
        messages.info(request, "This mail is on its way or has arrived already: nothing was sent again.")
    return redirect("outbox:mail_detail", pk)
