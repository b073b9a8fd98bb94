"""Sending what stands in the outbox: each mail once, whatever dies in between.

A row is claimed, then sent, then marked. When it is certain that a mail did not leave, it is tried again later; when
nobody can know (the worker was killed, the server fell silent with the text in its hands), the row stays claimed and
shows as interrupted: a second sending is then a person's decision, not a machine's.
"""

import datetime as dt
import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from partners.lib.calendars import day_words, moment_words
from partners.lib.mailing import Message, words_of
from partners.models import Mail, Obligation

logger = logging.getLogger(__name__)
RETRIES = (60, 300, 900, 3600, 4 * 3600, 12 * 3600)  # seconds after each refusal; after the last the mail is given up
PAUSES = (60, 300, 900, 3600)  # seconds after each try while the server cannot be reached; the last one is repeated


def deliver(*pks: int) -> None:
    """Send those of these mails that still wait, over one connection.

    Whoever claims a row sends it: a second call, or a row that is gone, does nothing. When the server cannot be
    reached or falls silent, the rest stays for the planner.
    """
    mailer = mailers.default
    waiting = Mail.objects.waiting(timezone.now()).filter(pk__in=pks).order_by("next_try_at", "pk")
    try:
        for pk in waiting.values_list("pk", flat=True):
            if Mail.objects.claim(pk) and not _deliver(Mail.objects.with_reason().get(pk=pk), mailer):
                return
    finally:
        _hang_up(mailer)


def _owed_no_more(mail: Mail) -> bool:
    """Whether its recipient has left the partner where what it reminds of comes from."""
    owed = mail.obligation
    return owed is not None and not Obligation.objects.rightful().filter(pk=owed.pk).exists()


def _deliver(mail: Mail, mailer: BaseEmailBackend) -> bool:
    """Send one claimed mail if it is still wanted and this is a good moment; return whether to go on with the next."""
    now = timezone.now()
    if mail.is_moot or _owed_no_more(mail):
        mail.end_claim(called_off_at=now)
        return True
    if (later := mail.good_moment(now)) > now:
        mail.end_claim(next_try_at=later)
        return True
    if mail.obligation:
        _write(mail, mail.obligation)
    try:
        mailer.open()
    except OSError as error:  # among them every smtplib.SMTPException
        mail.end_claim(**_try_again(mail, error, PAUSES[min(mail.attempts, len(PAUSES) - 1)]))
        return False
    return _send(mail, mailer)


def _send(mail: Mail, mailer: BaseEmailBackend) -> bool:
    try:
        mailer.send_messages([_message(mail)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError) as error:
        _hang_up(mailer)  # after some refusals the server has hung up itself
        final = _is_final(error) or mail.attempts >= len(RETRIES)
        mail.end_claim(**(_give_up(mail, error) if final else _try_again(mail, error, RETRIES[mail.attempts])))
        return True
    except OSError as error:
        logger.warning("Whether mail %s has left is not known: %s", mail.pk, error)
        Mail.objects.filter(pk=mail.pk).update(failure=f"The conversation broke off: {_words(error)}"[:500])
        return False
    mail.mark_sent()
    return True


def _is_final(error: Exception) -> bool:
    """Whether trying the same again is no use: a bad address, or a refusal that the server calls permanent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError) or (isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500)


def _try_again(mail: Mail, error: Exception, seconds: int) -> dict[str, Any]:
    logger.warning("Mail %s was not sent, next try in %s s: %s", mail.pk, seconds, error)
    return {
        "attempts": mail.attempts + 1,
        "failure": _words(error),
        "next_try_at": timezone.now() + dt.timedelta(seconds=seconds),
    }


def _give_up(mail: Mail, error: Exception) -> dict[str, Any]:
    logger.error("Mail %s is given up: %s", mail.pk, error)
    return {"attempts": mail.attempts + 1, "failure": _words(error), "given_up_at": timezone.now()}


def _words(error: Exception) -> str:
    """What the server said, or what happened on the way there, for the outbox."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(answer)}" for code, answer in error.recipients.values()]
        return f"The mail server refused the address: {'; '.join(answers)}"[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refused: {error.smtp_code} {_text(error.smtp_error)}"[:500]
    if isinstance(error, ValueError):
        return f"The mail cannot be written: {error}"[:500]
    return f"The mail server cannot be reached: {str(error) or type(error).__name__}"[:500]


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _hang_up(mailer: BaseEmailBackend) -> None:
    try:
        mailer.close()
    except OSError as error:
        logger.info("The mail server hung up first: %s", error)


def _write(mail: Mail, obligation: Obligation) -> None:
    """Put the words of a reminder into its mail, as its obligation stands now, in the recipient's zone."""
    zone = obligation.person.tzinfo
    words = words_of(
        "partners/mail/reminder",
        {
            "obligation": obligation,
            "person": obligation.person,
            "due": moment_words(obligation.due_at, zone) if obligation.due_at else "",
            "since": day_words(obligation.made_at.astimezone(zone).date()),
            "link": settings.SITE_URL + obligation.url,
        },
    )
    mail.subject, mail.text, mail.html = words.subject, words.text, words.html
    mail.save(update_fields=["subject", "text", "html"])


def _message(mail: Mail) -> Message:
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return Message(
        subject=mail.subject,
        body=mail.text,
        html=mail.html,
        to=[mail.address],
        calendar=mail.calendar,
        calendar_method=mail.calendar_method,
        headers={
            "Message-ID": f"<mail.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
