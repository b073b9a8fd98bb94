"""Saying something on a section, replying, calling it answered by pointing at the change, and opening it again."""

from django.db import transaction
from django.utils import timezone

from a3.models import Remark, Reviewer, Section, Sheet
from a3.passages import Passage
from partners.models import Person


@transaction.atomic
def remark(section: Section, *, kind: str, text: str, by: Person | Reviewer, passage: Passage | None = None) -> Remark:
    """Start a thread on a section, or on words in it; who may is the caller's to check."""
    about = passage or Passage("")
    return Remark.objects.create(
        sheet_id=section.sheet_id,
        section=section,
        kind=kind,
        text=text,
        quote=about.quote,
        before=about.before,
        after=about.after,
        round_number=Sheet.objects.values_list("round_number", flat=True).get(pk=section.sheet_id),
        **_speaker(by),
    )


@transaction.atomic
def reply(thread: Remark, *, text: str, by: Person | Reviewer) -> Remark:
    """Add to a thread. A reply by somebody else than who answered opens nothing again; people say so themselves."""
    return Remark.objects.create(
        sheet_id=thread.sheet_id,
        section_id=thread.section_id,
        parent=thread,
        kind=thread.kind,
        text=text,
        round_number=thread.round_number,
        **_speaker(by),
    )


def answer(thread: Remark, *, by: Person, section: Section | None = None, quote: str = "", note: str = "") -> bool:
    """Call a remark answered, if possible by what changed in `section`; False when it was already."""
    open_one = Remark.objects.open().filter(pk=thread.pk)
    where = {"answered_in": section, "answer_quote": quote, "answer_note": note}
    return bool(open_one.update(answered_at=timezone.now(), answered_by=by, **where))


def reopen(thread: Remark) -> bool:
    """Have an answered remark wait again; False when it does already. What the answer pointed at is forgotten."""
    done = Remark.objects.answered().filter(pk=thread.pk)
    nowhere = {"answered_in": None, "answer_quote": "", "answer_note": ""}
    return bool(done.update(answered_at=None, answered_by=None, **nowhere))


def _speaker(by: Person | Reviewer) -> dict[str, Person | Reviewer]:
    return {"guest": by} if isinstance(by, Reviewer) else {"author": by}
