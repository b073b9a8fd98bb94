"""Posting: the one door to the outbox."""

from django.db import transaction

from partners import tasks
from partners.lib.mailing import Words
from partners.lib.queueing import enqueue
from partners.models import Mail, Person


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
            "subject": words.subject,
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
