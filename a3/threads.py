"""Remarks as they are shown: threads with their numbers beside the sheet, and the pen marks in its text."""

from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from a3.models import Remark, Reviewer, Section, Sheet
from a3.passages import Passage, Pen, stands


class Speaker(NamedTuple):
    """Who said something, as the reader may know them."""

    name: str
    initials: str
    tone: str


def threads_of(remarks: list[Remark], sections: Iterable[Section], *, rounds: int = 0) -> list[Remark]:
    """First remarks numbered as they were made, each with its replies as `thread`; open ones first, newest first.

    `sections` are those of the sheet, read once for all remarks. `is_gone` tells that the words it was about do not
    stand in its section any more; `since` is the round that was kept last before it was made, of the `rounds` there
    are, to see what changed from then on.
    """
    numbers = count(1)
    threads: dict[int, Any] = {}
    by_pk = {section.pk: section for section in sections}
    for remark in remarks:
        if remark.section_id not in by_pk:
            continue  # the sheet got other sections between the two readings
        remark.section, remark.answered_in = by_pk[remark.section_id], by_pk.get(remark.answered_in_id or 0)
        by = remark.speaker
        show_as(remark, Speaker(by.name, by.initials, by.tone))
        if remark.parent_id is None:
            threads[remark.pk] = remark
            threads[remark.pk].number, threads[remark.pk].thread = next(numbers), []
            threads[remark.pk].since = min(max(remark.round_number - 1, 1), rounds)
            threads[remark.pk].is_gone = bool(remark.quote) and not stands(remark.section.body, passage_of(remark))
        elif remark.parent_id in threads:
            threads[remark.parent_id].thread.append(remark)
    return sorted(threads.values(), key=lambda t: (t.answered_at is not None, -t.number))


def show_as(remark: Any, speaker: Speaker) -> None:
    remark.shown_as = speaker


def shown_to_reviewer(remarks: list[Remark], reviewer: Reviewer, sheet: Sheet) -> None:
    """A reviewer by link learns no name that does not stand on the sheet itself."""
    for remark in remarks:
        if remark.author and remark.author not in sheet.named:
            where = "LEI" if remark.author.is_at_lei else sheet.partner.name
            show_as(remark, Speaker(f"Somebody at {where}", "", "guest"))
        elif remark.guest_id not in (None, reviewer.pk):
            show_as(remark, Speaker("Another reviewer", "", "guest"))


def count_open(remarks: Iterable[Remark], sections: Iterable[Section]) -> None:
    """Let each section know `remarks_open`: how many remarks on it wait for an answer."""
    found = Counter(remark.section_id for remark in remarks if remark.is_waiting)
    for section in sections:
        section.remarks_open = found[section.pk]


def pens_of(remarks: list[Remark], *, address: str = "") -> dict[int, list[Pen]]:
    """The marks of the open remarks on passages, by section; `address` is that of the page with the threads."""
    found: dict[int, list[Pen]] = {}
    firsts = sorted((r for r in remarks if r.parent_id is None), key=lambda r: (r.made_at, r.pk))
    for number, remark in enumerate(firsts, start=1):
        if remark.quote and not remark.answered_at:
            pen = Pen(number, f"mark-{remark.pk}", f"{address}#remark-{remark.pk}", passage_of(remark))
            found.setdefault(remark.section_id, []).append(pen)
    return found


def passage_of(remark: Remark) -> Passage:
    return Passage(remark.quote, remark.before, remark.after)
