"""Beside a sheet: what others asked and noticed, thread by thread."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from a3.forms import RemarkForm, ReplyForm
from a3.models import Sheet
from a3.threads import threads_of
from partners.http import AuthenticatedRequest


def coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The threads, and forms for those who may remark; the owner answers by pointing at a change."""
    sections, remarks = list(sheet.sections.in_order()), list(sheet.remarks.with_speakers())
    threads = threads_of(remarks, sections, rounds=sheet.round_number - 1)
    context: dict[str, Any] = {"threads": threads, "open_threads": sum(thread.is_waiting for thread in threads)}
    if sheet.may_remark:
        context |= {"remark_form": RemarkForm(sections=sections), "reply_form": ReplyForm(auto_id=False)}
    if sheet.may_hand_over and sheet.round_number > 1:
        context["wish"] = _wish(sheet, request)
    return context | {"remarks": remarks, "sections": sections}


def _wish(sheet: Sheet, request: AuthenticatedRequest) -> Mapping[str, Any] | None:
    """What whoever handed it over wants from the reader, whose turn it is."""
    last = sheet.rounds.filter(number=sheet.round_number - 1, handed_over_to=request.user).exclude(note="")
    return last.values("note", by=F("handed_over_by__name")).first()
