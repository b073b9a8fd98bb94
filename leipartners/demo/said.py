"""Writing the remarks of the rich sheets: on words, by link, answered by what changed."""

import datetime as dt
from typing import Any

from a3.models import Kind, Remark, Reviewer, Section, Sheet
from a3.passages import Passage, locate
from leipartners.demo.sheets import RichRemark
from partners.lib.tokens import hash_token, make_token
from partners.models import Person


def write_remark(sheet: Sheet, sections: dict[str, Section], rich: RichRemark) -> None:
    """Keep the remark with its anchor, its answer and the owner's reply."""
    section = sections[rich.section]
    made_at = sheet.ball_since - dt.timedelta(days=rich.days_ago)
    about = locate(section.body, rich.quote) or Passage("")
    number = sheet.rounds.filter(handed_over_at__lte=made_at).count() + 1
    on_it: dict[str, Any] = {"sheet": sheet, "section": section, "round_number": number}
    first = Remark.objects.create(
        kind=Kind(rich.kind),
        text=rich.text,
        quote=about.quote,
        before=about.before,
        after=about.after,
        made_at=made_at,
        **on_it,
        **_speaker(sheet, rich, made_at),
        **_answer(sheet, sections, rich, made_at),
    )
    if rich.reply:
        later = made_at + dt.timedelta(hours=20)
        Remark.objects.create(parent=first, text=rich.reply, author=sheet.owner, made_at=later, **on_it)


def _speaker(sheet: Sheet, rich: RichRemark, made_at: dt.datetime) -> dict[str, Person | Reviewer]:
    """The coach, or a reviewer whose link nobody holds: its secret is thrown away."""
    if not rich.guest:
        return {"author": sheet.coach or sheet.owner}
    asked_at = made_at - dt.timedelta(days=2)
    guest = Reviewer.objects.create(
        sheet=sheet,
        name=rich.guest,
        email=rich.email,
        asked_by=sheet.owner,
        asked_at=asked_at,
        expires_at=asked_at + dt.timedelta(days=14),
        token_hash=hash_token(make_token()),
        last_used_at=made_at,
    )
    return {"guest": guest}


def _answer(sheet: Sheet, sections: dict[str, Section], rich: RichRemark, made_at: dt.datetime) -> dict[str, Any]:
    if not rich.answered:
        return {}
    answered_in = sections.get(rich.answered_in)
    when = {"answered_at": made_at + dt.timedelta(hours=30), "answered_by": sheet.owner}
    return when | {"answered_in": answered_in, "answer_note": rich.note}
