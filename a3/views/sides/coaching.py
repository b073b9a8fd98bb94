"""Beside a sheet: what others asked and noticed, thread by thread."""

from typing import Any

from a3.forms import RemarkForm, ReplyForm
from a3.models import Remark, Sheet
from a3.threads import threads_of
from partners.http import AuthenticatedRequest


def coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The threads, and forms for those who may remark; the owner answers by pointing at a change."""
    remarks = list(Remark.objects.visible_to(request.user).filter(sheet=sheet).with_speakers())
    threads = threads_of(remarks, rounds=sheet.round_number - 1)
    context: dict[str, Any] = {"threads": threads, "open_threads": sum(not t.answered_at for t in threads)}
    if sheet.may_remark:
        context |= {"remark_form": RemarkForm(sheet=sheet), "reply_form": ReplyForm(auto_id=False)}
    return context | {"remarks": remarks}
