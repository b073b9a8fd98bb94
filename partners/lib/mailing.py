"""Words of a mail from one pair of templates: `<name>.txt`, whose first line is the subject, and `<name>.html`."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import Policy
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


class Message(EmailMultiAlternatives):
    """A mail with a plain part, an HTML part and, as the third alternative, an invitation.

    Outlook and Gmail show an invitation's buttons only when it is an alternative of the text and names its method.
    """

    def __init__(self, *, html: str = "", calendar: str = "", calendar_method: str = "", **fields: Any) -> None:
        super().__init__(**fields)
        self.calendar = calendar
        self.calendar_method = calendar_method
        if html:
            self.attach_alternative(html, "text/html")

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        message = super().message(policy=policy)
        if self.calendar:
            message.add_alternative(
                self.calendar, subtype="calendar", charset="utf-8", params={"method": self.calendar_method}
            )
        return message


def words_of(template: str, context: dict[str, Any]) -> Words:
    """Render `templates/<template>.txt` (nothing in it is escaped) and `.html`.

    Both see `site_url`, the HTML also `subject`. Begin them with {% extends "mail/base.txt" %} and "mail/base.html".
    """
    full = context | {"site_url": settings.SITE_URL}
    plain = Engine.get_default().get_template(f"{template}.txt").render(Context(full, autoescape=False))
    first, _, text = plain.strip().partition("\n")
    subject = subject_of(first)
    return Words(
        subject=subject,
        text=re.sub(r"\n\s*\n\s*\n+", "\n\n", text).strip() + "\n",
        html=render_to_string(f"{template}.html", full | {"subject": subject}).strip(),
    )


def subject_of(text: str) -> str:
    """Return the text as one line without control characters, so that no header can hide in it."""
    return " ".join(CONTROL.sub(" ", text).split())[:250]
