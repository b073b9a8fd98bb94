"""Asking for coaching, changing what was asked, taking it back; and LEI's declining."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from coaching import mails
from coaching.actions.refusals import AlreadyPlaced
from coaching.models import VisitRequest
from partners import actions as floor
from partners.models import Person

MANY = ("co_workers", "sheets")


@transaction.atomic
def ask(request: VisitRequest, *, by: Person, **along: Any) -> VisitRequest:
    """Ask LEI for a visit; it waits under the board until it is placed. `along`: `co_workers` and `sheets`."""
    request.asked_by = by
    request.save()
    for name in MANY:
        getattr(request, name).set(along.get(name, ()))
    return request


@transaction.atomic
def amend(request: VisitRequest, *, by: Person, **changes: Any) -> None:
    """Change what was asked while it waits; raises AlreadyPlaced."""
    fields = {name: value for name, value in changes.items() if name not in MANY}
    if (
        not VisitRequest.objects.to_place()
        .filter(pk=request.pk)
        .update(**fields, amended_at=timezone.now(), amended_by=by)
    ):
        raise AlreadyPlaced
    for name in MANY:
        if name in changes:
            getattr(request, name).set(changes[name])


@transaction.atomic
def withdraw(request: VisitRequest, *, by: Person) -> None:
    """Take a request back while it waits; raises AlreadyPlaced."""
    waiting = VisitRequest.objects.to_place().filter(pk=request.pk)
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        raise AlreadyPlaced


@transaction.atomic
def decline_request(request: VisitRequest, *, by: Person, reason: str) -> None:
    """Say no for LEI, with the reason, to whoever asked; raises AlreadyPlaced."""
    waiting = VisitRequest.objects.to_place().filter(pk=request.pk)
    if not waiting.update(declined_at=timezone.now(), declined_by=by, decline_reason=reason):
        raise AlreadyPlaced
    request.decline_reason = reason
    floor.post(mails.request_declined(request, by), key=f"request:{request.pk}:declined", to=request.asked_by)
