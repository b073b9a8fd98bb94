"""Memos: asked for when a visit is over, drafted from its record, sent once; a correction is a further version."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from a3.actions import count_prints, draw_again
from a3.models.printing import OfficePaper
from coaching import mails, memo_text, tasks
from coaching.actions.refusals import Refused
from coaching.models import Memo, MemoPrint, Promise, Visit
from coaching.models.memos import awaiting_memo, memo_due_at, memo_key
from partners import actions as floor
from partners.lib.queueing import enqueue
from partners.models import Person

REMINDED_AFTER = (dt.timedelta(hours=24), dt.timedelta(hours=48), dt.timedelta(days=5))  # after the end of the visit


class NothingWritten(Refused):
    """An empty memo is not sent."""

    def __init__(self) -> None:
        super().__init__("There is nothing in this memo yet: write what the visit was for and what was agreed.")


class NoteMissing(Refused):
    """A correction says what it corrects."""

    def __init__(self) -> None:
        super().__init__("Say in a few words what this version corrects.")


class MemoHasChanged(Refused):
    """Somebody wrote on the draft, or sent it, since it was shown."""

    def __init__(self) -> None:
        super().__init__("This memo was changed or sent in the meantime. Look at it again, then send it.")


@transaction.atomic
def ask_for_memos(now: dt.datetime, *, limit: int) -> int:
    """Have the coaches of visits that are over owe a memo, within 48 hours; returns of how many visits."""
    visits = awaiting_memo(Visit.objects.all(), now).select_related("coach", "site__partner")
    over = list(visits.select_for_update(skip_locked=True, of=("self",)).order_by("ends_at")[:limit])
    for visit in over:
        owe_memo(visit)
    return len(over)


def owe_memo(visit: Visit) -> None:
    floor.owe(
        visit.coach,
        key=memo_key(visit),
        partner=visit.site.partner,
        words=f"Send the memo of the visit to {visit.site}",
        detail=f"{visit.get_kind_display()}, {visit.first_day:%-d %b %Y}. The host reads it within 48 hours.",
        why="You are the coach.",
        url=f"{visit.get_absolute_url()}memo/",
        verb="Write it",
        due_at=memo_due_at(visit),
        reminders_at=[visit.ends_at + after for after in REMINDED_AFTER],
    )


def call_off_memo(visit: Visit) -> None:
    """The visit was called off, or is still to come: nobody owes a memo of it."""
    floor.call_off(memo_key(visit))


def draft_memo(visit: Visit, *, by: Person) -> Memo:
    """Return the draft of this visit's memo; a new one says what the record says, or what was sent last."""
    if draft := Memo.objects.drafts().filter(visit=visit).first():
        return draft
    last = Memo.objects.sent().filter(visit=visit).first()
    body, version = (last.body, last.version + 1) if last else (text_of_record(visit), 1)
    try:
        with transaction.atomic():
            return Memo.objects.create(visit=visit, version=version, body=body, written_by=by, changed_by=by)
    except IntegrityError:  # somebody else began it at the same moment
        return Memo.objects.drafts().get(visit=visit)


def text_of_record(visit: Visit) -> str:
    """What the record of a visit says now, as a memo."""
    day = timezone.localdate(timezone=visit.site.tzinfo)
    return memo_text.drafted(visit, Promise.objects.of_partner(visit.site.partner).tally(day))


@transaction.atomic
def send_memo(memo: Memo, *, revision: int, by: Person, note: str = "") -> Memo:
    """Send the draft as it was shown to the people of the visit; from then on it stays as it is.

    Raises NothingWritten, NoteMissing (a correction says what it corrects), or MemoHasChanged.
    """
    if not memo.body:
        raise NothingWritten
    if memo.version > 1 and not note:
        raise NoteMissing
    people = memo.visit.people()
    sent = {"sent_at": timezone.now(), "sent_by": by, "sent_to": [person.name for person in people]}
    if not Memo.objects.drafts().filter(pk=memo.pk, revision=revision).update(note=note, **sent):
        raise MemoHasChanged
    memo.refresh_from_db(from_queryset=Memo.objects.select_related("visit__site__partner", "visit__coach", "sent_by"))
    for person in people:
        floor.post(mails.memo(memo, person), key=f"memo:{memo.pk}:to:{person.pk}", to=person)
    floor.settle(memo_key(memo.visit))
    return memo


@transaction.atomic
def ask_for_memo(memo: Memo, paper: OfficePaper, *, by: Person) -> MemoPrint:
    """Return the print of a sent memo on this paper; a worker draws it unless it is there. Raises TooManyPrints."""
    count_prints(MemoPrint, by)
    row, is_new = MemoPrint.objects.get_or_create(memo=memo, paper=paper, defaults={"asked_by": by})
    if not is_new:
        return draw_again(row, by=by, task=tasks.print_memo)
    enqueue(tasks.print_memo, row.pk)
    return row
