"""Owing: what waits for a person, until it is settled or called off; and reminding of it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from partners.actions.mail import send_off
from partners.lib.mailing import subject_of
from partners.models import Mail, Obligation, Partner, Person, Reminder

OPEN_AGAIN = {"settled_at": None, "cancelled_at": None}


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
    partner: Partner | None = None,
    asked_by: Person | None = None,
    due_at: dt.datetime | None = None,
    reminders_at: Iterable[dt.datetime] = (),
) -> Obligation:
    """Put one thing on a person's list, or bring the one with this key up to date and open it again.

    `key` names the object and the deed, such as "visit:17:confirm:4"; `url` is a path of this site. Moments of
    `reminders_at` that are past are dropped. What comes from a `partner` ends with a person's last assignment there.
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
        "partner": partner,
        "asked_by": asked_by,
        "due_at": due_at,
        "reminders_at": moments,
        "next_reminder_at": moments[0] if moments else None,
    } | OPEN_AGAIN
    obligation, is_new = Obligation.objects.update_or_create(
        key=key, defaults=fields, create_defaults=fields | {"made_at": now}
    )
    if not is_new:
        _drop_reminders(key)
    return obligation


def settle(*keys: str) -> int:
    """Mark what was owed as done; returns how many were open. Unknown or ended keys are no error."""
    return _end(keys, settled_at=timezone.now())


def call_off(*keys: str) -> int:
    """Cancel what is no longer owed, so that nothing is sent for it; returns how many were open."""
    return _end(keys, cancelled_at=timezone.now())


def _end(keys: tuple[str, ...], **how: dt.datetime) -> int:
    if not keys:
        return 0
    with transaction.atomic():
        _drop_reminders(*keys)
        return Obligation.objects.open().filter(key__in=keys).update(**how)


def _drop_reminders(*keys: str) -> None:
    """Call off reminders that are planned and not yet under way; delivery looks again at the rest."""
    Mail.objects.planned().filter(reminder__obligation__key__in=keys).update(called_off_at=timezone.now())


@transaction.atomic
def plan_reminders(now: dt.datetime, *, limit: int) -> int:
    """Write the reminders of at most `limit` obligations to the outbox, and return of how many.

    Rows that another planner holds are skipped, so several may run at once. However long nobody looked, each
    obligation gets one reminder, at its recipient's first polite moment.
    """
    owed = Obligation.objects.to_remind(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
    due = list(owed.select_related("person").order_by("next_reminder_at", "pk")[:limit])
    mails = Mail.objects.bulk_create([_reminder_mail(obligation, now) for obligation in due])
    Reminder.objects.bulk_create(
        Reminder(obligation=obligation, occurrence=obligation.times_reminded + 1, mail=mail, made_at=now)
        for obligation, mail in zip(due, mails, strict=True)
    )
    Obligation.objects.filter(pk__in=[obligation.pk for obligation in due]).count_reminder(now)
    send_off([mail.pk for mail in mails if mail.next_try_at <= now])
    return len(due)


def _reminder_mail(obligation: Obligation, now: dt.datetime) -> Mail:
    return Mail(
        key=f"reminder:{obligation.pk}:{obligation.times_reminded + 1}:mail",
        person=obligation.person,
        address=obligation.person.email,
        subject=subject_of(obligation.words),
        created_at=now,
        next_try_at=obligation.person.polite_moment(now),
    )
