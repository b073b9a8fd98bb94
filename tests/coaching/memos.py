"""Memos of visits, and their prints; all keywords may be overridden."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from a3.models.printing import Printing
from coaching import actions
from coaching.models import Memo, MemoPrint, Visit, VisitPack
from tests.cast import Cast
from tests.coaching.walks import by, make_record

BODY = "<p><strong>Purpose</strong></p><p>Walk the discharge process.</p><ul><li><p>Two wait.</p></li></ul>"


def make_memo(visit: Visit, **fields: Any) -> Memo:
    return Memo.objects.create(visit=visit, **{"body": BODY} | by(visit.coach) | fields)


def make_sent(visit: Visit, **fields: Any) -> Memo:
    sent = {"sent_at": timezone.now(), "sent_by": visit.coach, "sent_to": ["Coach", "Change Agent"]}
    return make_memo(visit, **sent | fields)


def make_memo_print(memo: Memo, **fields: Any) -> MemoPrint:
    return MemoPrint.objects.create(memo=memo, **{"asked_by": memo.written_by} | fields)


def finished[P: Printing](row: P) -> P:
    """Ready, with a file that is no real PDF."""
    row.file.save("print.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.ready_at, row.pages = timezone.now(), 1
    row.save()
    return row


def a_draft_of_a_record(cast: Cast) -> Memo:
    return actions.draft_memo(make_record(cast), by=cast.coach)


def a_memo_of_a_record(cast: Cast) -> Memo:
    """Sent, and corrected once."""
    memo = a_draft_of_a_record(cast)
    first = actions.send_memo(memo, revision=1, by=cast.coach)
    second = actions.draft_memo(first.visit, by=cast.coach)
    return actions.send_memo(second, revision=1, by=cast.coach, note="The lounge opens at 9, not at 10.")


def a_print_of_a_record(cast: Cast) -> MemoPrint:
    return finished(make_memo_print(a_memo_of_a_record(cast)))


def a_pack_of_a_record(cast: Cast) -> VisitPack:
    return actions.ask_for_pack(make_record(cast), by=cast.coach)
