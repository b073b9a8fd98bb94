"""Words of a mail from one pair of templates: `<name>.txt`, whose first line is the subject, and `<name>.html`."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def words_of(template: str, context: dict[str, Any]) -> Words:
    """Render `templates/<template>.txt` and `.html`; both see `site_url`. The subject never spans lines."""
    full = context | {"site_url": settings.SITE_URL}
    subject, _, text = render_to_string(f"{template}.txt", full).lstrip().partition("\n")
    return Words(
        subject=" ".join(subject.split())[:250],
        text=text.strip() + "\n",
        html=render_to_string(f"{template}.html", full),
    )
