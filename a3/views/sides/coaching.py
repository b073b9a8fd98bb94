"""Beside a sheet: what others asked and noticed, thread by thread."""

from itertools import count
from typing import Any

from a3.forms import RemarkForm, ReplyForm
from a3.models import Remark, Sheet
from partners.http import AuthenticatedRequest


def coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The threads, and forms for those who may remark."""
    remarks = Remark.objects.visible_to(request.user).filter(sheet=sheet)
    threads = threads_of(list(remarks.select_related("author", "answered_by", "section__type")))
    context: dict[str, Any] = {"threads": threads, "open_threads": sum(not t.answered_at for t in threads)}
    if sheet.may_remark:
        context |= {"remark_form": RemarkForm(sheet=sheet), "reply_form": ReplyForm(auto_id=False)}
    return context


def threads_of(remarks: list[Remark]) -> list[Remark]:
    """First remarks numbered as they were made, each with its replies as `thread`; open ones first, newest first."""
    numbers = count(1)
    threads: dict[int, Any] = {}
    for remark in remarks:
        if remark.parent_id is None:
            threads[remark.pk] = remark
            threads[remark.pk].number, threads[remark.pk].thread = next(numbers), []
        elif remark.parent_id in threads:
            threads[remark.parent_id].thread.append(remark)
    return sorted(threads.values(), key=lambda t: (t.answered_at is not None, -t.number))
