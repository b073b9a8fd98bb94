"""Remarks as they are shown: threads with their numbers beside the sheet, and the pen marks in its text."""

from itertools import count
from typing import Any

from a3.models import Remark
from a3.passages import Passage, Pen, stands


def threads_of(remarks: list[Remark]) -> list[Remark]:
    """First remarks numbered as they were made, each with its replies as `thread`; open ones first, newest first.

    `is_gone` tells that the words it was about do not stand in its section any more.
    """
    numbers = count(1)
    threads: dict[int, Any] = {}
    for remark in remarks:
        if remark.parent_id is None:
            threads[remark.pk] = remark
            threads[remark.pk].number, threads[remark.pk].thread = next(numbers), []
            threads[remark.pk].is_gone = bool(remark.quote) and not stands(remark.section.body, passage_of(remark))
        elif remark.parent_id in threads:
            threads[remark.parent_id].thread.append(remark)
    return sorted(threads.values(), key=lambda t: (t.answered_at is not None, -t.number))


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
