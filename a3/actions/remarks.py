"""Saying something on a section, replying, and calling it answered."""

from django.db import transaction
from django.utils import timezone

from a3.models import Remark, Section
from partners.models import Person


@transaction.atomic
def remark(section: Section, *, kind: str, text: str, by: Person) -> Remark:
    """Start a thread on a section; who may is the caller's to check (`Sheet.objects.remarkable_by`)."""
    return Remark.objects.create(sheet_id=section.sheet_id, section=section, kind=kind, text=text, author=by)


@transaction.atomic
def reply(thread: Remark, *, text: str, by: Person) -> Remark:
    """Add to a thread. A reply by somebody else than who answered opens nothing again; people say so themselves."""
    return Remark.objects.create(
        sheet_id=thread.sheet_id, section_id=thread.section_id, parent=thread, kind=thread.kind, text=text, author=by
    )


def answer(thread: Remark, *, by: Person) -> bool:
    """Call a remark answered; False when it was already."""
    open_one = Remark.objects.open().filter(pk=thread.pk)
    return bool(open_one.update(answered_at=timezone.now(), answered_by=by))
