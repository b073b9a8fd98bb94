"""Saying something on a section, replying, calling it answered by pointing at the change, and opening it again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from a3.actions.holding import NotAsSeen, kept
from a3.actions.twice import sent_before
from a3.models import Remark, Reviewer, Section
from a3.passages import Passage
from partners.models import Person


@transaction.atomic
def remark(section: Section, *, kind: str, text: str, by: Person | Reviewer, passage: Passage | None = None) -> Remark:
    """Start a thread on a section, or on words in it; who may is the caller's to check.

    Raises NotAsSeen. The same said once more within a minute is one remark.
    """
    sheet, about = kept(section.sheet), passage or Passage("")
    _still_there(section)
    said: dict[str, Any] = {"section": section, "kind": kind, "text": text, "quote": about.quote} | _speaker(by)
    around = {"before": about.before, "after": about.after}
    before = sent_before(sheet.remarks.threads(), at="made_at", **said)
    return before or Remark.objects.create(sheet=sheet, round_number=sheet.round_number, **said, **around)


@transaction.atomic
def reply(thread: Remark, *, text: str, by: Person | Reviewer) -> Remark:
    """Add to a thread. A reply by somebody else than who answered opens nothing again; people say so themselves.

    Raises NotAsSeen. The same said once more within a minute is one reply.
    """
    sheet = kept(thread.sheet)
    thread.refresh_from_db(fields=["section"])  # it moves along when the sheet gets another type
    said: dict[str, Any] = {"parent": thread, "text": text} | _speaker(by)
    of = {"section_id": thread.section_id, "kind": thread.kind, "round_number": thread.round_number}
    return sent_before(sheet.remarks.all(), at="made_at", **said) or Remark.objects.create(sheet=sheet, **said, **of)


@transaction.atomic
def answer(thread: Remark, *, by: Person, section: Section | None = None, quote: str = "", note: str = "") -> bool:
    """Call a remark answered, if possible by what changed in `section`; False when it was already. Raises NotAsSeen."""
    kept(thread.sheet)
    if section:
        _still_there(section)
    open_one = Remark.objects.open().filter(pk=thread.pk)
    where = {"answered_in": section, "answer_quote": quote, "answer_note": note}
    return bool(open_one.update(answered_at=timezone.now(), answered_by=by, **where))


@transaction.atomic
def reopen(thread: Remark) -> bool:
    """Have an answered remark wait again; False when it does already. What the answer pointed at is forgotten.

    Raises NotAsSeen.
    """
    kept(thread.sheet)
    done = Remark.objects.answered().filter(pk=thread.pk)
    nowhere = {"answered_in": None, "answer_quote": "", "answer_note": ""}
    return bool(done.update(answered_at=None, answered_by=None, **nowhere))


def _still_there(section: Section) -> None:
    if not Section.objects.filter(pk=section.pk).exists():
        raise NotAsSeen("The sheet has another type by now, and this section is no more. Look where its text went.")


def _speaker(by: Person | Reviewer) -> dict[str, Person | Reviewer]:
    return {"guest": by} if isinstance(by, Reviewer) else {"author": by}
