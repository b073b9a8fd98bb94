"""When somebody writes on a sheet that is not any more as its page showed it: the sentence, and what they wrote."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render

from a3 import actions
from a3.models import Sheet
from partners.http import AuthenticatedRequest, shown

type View = Callable[..., HttpResponse]
WRITTEN = ("text", "words", "note", "reason", "lesson", "title", "purpose", "alignment", "right_work")
ARCHIVED = "This sheet is in the archive by now. It can be taken back from there."


def telling(field: str) -> Callable[[View], View]:
    """Answer 409 with what has changed, where an action raises NotAsSeen; what was typed can be copied from there.

    A page that was opened before its sheet went into the archive gets the same answer, if the reader still sees the
    sheet, instead of a 404. The `pk` in the address is that `field` of the sheet, itself or of its rows.
    """

    def with_words(view: View) -> View:
        @wraps(view)
        def told(request: AuthenticatedRequest, pk: int, **rest: object) -> HttpResponse:
            try:
                return view(request, pk=pk, **rest)
            except actions.NotAsSeen as otherwise:
                return _otherwise(request, str(otherwise))
            except Http404:
                if request.method != "POST" or not _is_archived(request, **{field: pk}):
                    raise
                return _otherwise(request, ARCHIVED)

        return told

    return with_words


def _is_archived(request: AuthenticatedRequest, **one: int) -> bool:
    return Sheet.objects.visible_to(request.user).archived().filter(**one).exists()


def _otherwise(request: AuthenticatedRequest, words: str) -> HttpResponse:
    typed = [request.POST[name] for name in WRITTEN if request.POST.get(name)]
    page = shown(request, "a3/not_as_seen.html", part="words")
    return render(request, page, {"words": words, "typed": typed}, status=409)
