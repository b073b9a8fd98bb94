"""Posting: the one door to the outbox; and sending again what failed, which only a person decides."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from partners import tasks
from partners.lib.mailing import Words, subject_of
from partners.lib.queueing import enqueue
from partners.models import Mail, Person

CHUNK = 50  # mails in one task: done long before its time limit


@transaction.atomic
def post(  # noqa: PLR0913 - one door to the outbox; all keywords
    words: Words,
    *,
    key: str,
    to: Person | None = None,
    address: str = "",
    calendar: str = "",
    calendar_method: str = "",
    is_secret: bool = False,
) -> Mail | None:
    """Write a mail to the outbox and have it delivered after the commit; None if one with this key was posted before.

    `to` is a person, or `address` for somebody without an account. `calendar` is an iCalendar text that goes with it
    as `calendar_method`. A secret mail (it carries a sign-in link) is wiped once sent.
    """
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "person": to,
            "address": to.email if to else address,
            "subject": subject_of(words.subject),
            "text": words.text,
            "html": words.html,
            "calendar": calendar,
            "calendar_method": calendar_method,
            "is_secret": is_secret,
        },
    )
    if not created:
        return None
    enqueue(tasks.deliver, mail.pk)
    return mail


def send_off(mail_pks: Sequence[int]) -> None:
    """Have these mails delivered after the commit, a chunk per task."""
    for start in range(0, len(mail_pks), CHUNK):
        enqueue(tasks.deliver_many, list(mail_pks[start : start + CHUNK]))


@transaction.atomic
def resend(mail: Mail, *, by: Person) -> bool:
    """Send a failed or interrupted mail once more; False if it is neither, because somebody was quicker.

    An interrupted mail may have arrived before: both carry the same Message-ID, by which mail programs know it.
    """
    now = timezone.now()
    fresh = {"claimed_at": None, "given_up_at": None, "attempts": 0, "failure": "", "next_try_at": now}
    again = Mail.objects.in_trouble(now).filter(pk=mail.pk).update(**fresh, resent_at=now, resent_by=by)
    if again:
        enqueue(tasks.deliver, mail.pk)
    return bool(again)
