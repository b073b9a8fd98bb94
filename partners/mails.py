"""Sending what stands in the outbox."""

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from partners.models import Mail

logger = logging.getLogger(__name__)
RETRIES = (60, 300, 900, 3600, 4 * 3600, 12 * 3600)  # seconds


def deliver(pk: int) -> None:
    """Send one waiting mail. Whoever claims the row sends it; a second call, or a row that is gone, does nothing."""
    if not Mail.objects.claim(pk):
        return
    mail = Mail.objects.get(pk=pk)
    try:
        _message(mail).send()
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail, error)
        return
    mail.sent_at = timezone.now()
    mail.failure = ""
    if mail.is_secret:
        mail.text = mail.html = ""
    mail.save(update_fields=["sent_at", "failure", "text", "html"])


def _postpone(mail: Mail, error: Exception) -> None:
    logger.warning("Mail %s was not sent: %s", mail.pk, error)
    now = timezone.now()
    mail.attempts += 1
    mail.failure = str(error)[:500]
    mail.claimed_at = None
    if mail.attempts > len(RETRIES) or isinstance(error, smtplib.SMTPRecipientsRefused):
        mail.given_up_at = now
    else:
        mail.next_try_at = now + dt.timedelta(seconds=RETRIES[mail.attempts - 1])
    mail.save(update_fields=["attempts", "failure", "claimed_at", "given_up_at", "next_try_at"])


def _message(mail: Mail) -> EmailMultiAlternatives:
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        headers={"Message-ID": f"<mail.{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}; charset=utf-8")
    return message
