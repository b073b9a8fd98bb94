"""Beside a sheet: whose turn it is, talks about it, its rounds, and when its ball was taken back."""

from typing import Any

from a3 import clocks
from a3.models import Round, Sheet, TakeBack, Talk
from partners.http import AuthenticatedRequest


def rounds(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """Each frozen copy without its content, and each taking back, newest first."""
    frozen = Round.objects.visible_to(request.user).filter(sheet=sheet)
    frozen = frozen.select_related("handed_over_by", "handed_over_to").defer("content")
    taken = TakeBack.objects.visible_to(request.user).filter(sheet=sheet).select_related("taken_from", "taken_by")
    passes: list[Round | TakeBack] = sorted([*frozen, *taken], key=_when, reverse=True)
    return {"passes": passes, "talks": _talks(sheet, request), "is_named": request.user in sheet.named}


def _when(row: Round | TakeBack) -> Any:
    return row.handed_over_at if isinstance(row, Round) else row.taken_at


def _talks(sheet: Sheet, request: AuthenticatedRequest) -> list[dict[str, Any]]:
    """The reader's own talks about this sheet that are not over."""
    mine = Talk.objects.visible_to(request.user).open().filter(sheet=sheet)
    return [_words(talk, request) for talk in mine.select_related("asked_by", "asked_of", "offered_by")]


def _words(talk: Talk, request: AuthenticatedRequest) -> dict[str, Any]:
    other = talk.other(request.user)
    when = clocks.words_for(talk.starts_at, request.user, other) if talk.starts_at else ""
    return {"talk": talk, "other": other, "when": when, "waits_for_me": talk.awaited == request.user}
