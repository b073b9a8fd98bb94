"""What stands beside a sheet: the coaching threads, its rounds, its particulars."""

from itertools import count
from typing import Any

from a3.forms import RemarkForm, ReplyForm
from a3.models import Remark, Round, Sheet
from partners.http import AuthenticatedRequest

SIDES = ("coaching", "rounds", "details")


def side_of(sheet: Sheet, request: AuthenticatedRequest, **forms: Any) -> dict[str, Any]:
    """The context of the side panel; `forms` are bound ones to show again, by name."""
    asked = request.GET.get("side", "coaching")
    side = asked if asked in SIDES else "coaching"
    context = {"sheet": sheet, "side": side, "sides": SIDES, "is_part": bool(request.htmx)}
    if side == "rounds":
        rounds = Round.objects.visible_to(request.user).filter(sheet=sheet)
        context["rounds"] = rounds.select_related("handed_over_by", "handed_over_to").defer("content")
    if side == "coaching":
        context |= _coaching(sheet, request)
    return context | forms


def _coaching(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
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
