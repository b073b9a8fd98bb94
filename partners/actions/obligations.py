"""Owing: what waits for a person, until it is settled or called off."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from partners.models import Obligation, Person


@transaction.atomic
def owe(  # noqa: PLR0913 - the one door to a wide table; all keywords
    person: Person,
    *,
    key: str,
    words: str,
    why: str,
    url: str,
    verb: str = "Open",
    detail: str = "",
    asked_by: Person | None = None,
    due_at: dt.datetime | None = None,
    reminders_at: Iterable[dt.datetime] = (),
) -> Obligation:
    """Put one thing on a person's list, or bring the one with this key up to date and open it again.

    `key` names the object and the deed, such as "visit:17:confirm:4"; `url` is a path of this site; `reminders_at` are
    the moments of its reminders, which the recipient's quiet hours may move later. Moments already past are dropped.
    """
    now = timezone.now()
    moments = sorted(moment for moment in reminders_at if moment > now)
    fields = {
        "person": person,
        "words": words[:200],
        "why": why[:200],
        "url": url,
        "verb": verb,
        "detail": detail[:300],
        "asked_by": asked_by,
        "due_at": due_at,
        "reminders_at": moments,
        "next_reminder_at": moments[0] if moments else None,
        "settled_at": None,
        "cancelled_at": None,
    }
    obligation, _ = Obligation.objects.update_or_create(
        key=key, defaults=fields, create_defaults=fields | {"made_at": now}
    )
    return obligation


def settle(*keys: str) -> int:
    """Mark what was owed as done; returns how many were open. Unknown or ended keys are no error."""
    return Obligation.objects.open().filter(key__in=keys).update(settled_at=timezone.now())


def call_off(*keys: str) -> int:
    """Cancel what is no longer owed, so that nothing is sent for it; returns how many were open."""
    return Obligation.objects.open().filter(key__in=keys).update(cancelled_at=timezone.now())
