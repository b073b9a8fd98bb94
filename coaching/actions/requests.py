"""Asking for coaching, and taking it back."""

from django.db import transaction
from django.utils import timezone

from coaching.actions.refusals import AlreadyPlaced
from coaching.models import VisitRequest
from partners.models import Person


def ask(request: VisitRequest, *, by: Person) -> VisitRequest:
    """Ask LEI for a visit; it waits under the board until it is placed."""
    request.asked_by = by
    request.save()
    return request


@transaction.atomic
def withdraw(request: VisitRequest, *, by: Person) -> None:
    """Take a request back while it waits; raises AlreadyPlaced."""
    waiting = VisitRequest.objects.to_place().filter(pk=request.pk)
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        raise AlreadyPlaced
