"""Beside a sheet: what others asked and noticed, thread by thread."""

from typing import Any

from a3.forms import RemarkForm, ReplyForm
from a3.models import Sheet
from a3.reading import remarks_of, sections_of, wish_of
from a3.threads import threads_of
from partners.http import AuthenticatedRequest


def coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The threads, and forms for those who may remark; the owner answers by pointing at a change."""
    sections, remarks = sections_of(sheet), remarks_of(sheet)
    threads = threads_of(remarks, sections, rounds=sheet.round_number - 1)
    context: dict[str, Any] = {"threads": threads, "open_threads": sum(thread.is_waiting for thread in threads)}
    if sheet.may_remark:
        context |= {"remark_form": RemarkForm(sections=sections), "reply_form": ReplyForm(auto_id=False)}
    if sheet.may_hand_over and sheet.round_number > 1:
        context["wish"] = wish_of(sheet, request.user)
    return context | {"remarks": remarks, "sections": sections}
