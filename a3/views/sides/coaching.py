"""Beside a sheet: what others asked and noticed, thread by thread."""

from typing import Any

from a3.forms import RemarkForm, ReplyForm
from a3.models import Sheet
from a3.threads import threads_of
from partners.http import AuthenticatedRequest


def coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The threads, and forms for those who may remark; the owner answers by pointing at a change."""
    sections, remarks = list(sheet.sections.in_order()), list(sheet.remarks.with_speakers())
    threads = threads_of(remarks, sections, rounds=sheet.round_number - 1)
    context: dict[str, Any] = {"threads": threads, "open_threads": sum(not t.answered_at for t in threads)}
    if sheet.may_remark:
        context |= {"remark_form": RemarkForm(sections=sections), "reply_form": ReplyForm(auto_id=False)}
    return context | {"remarks": remarks, "sections": sections}
