"""What is dropped on the board: a visit, or a request from below it; and the fixes that a visit's card offers."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from coaching import actions, words
from coaching.forms import DropForm, VisitDropForm
from coaching.models import Visit, VisitRequest
from coaching.times import NoTimeLeft, Slot, halves_from, is_afternoon, lasting, moved_to, starting
from coaching.views.changes import status_of
from coaching.views.returning import back_to
from coaching.views.showing import asked_of, show_board
from partners.http import AuthenticatedRequest
from partners.lib.calendars import SkippedTime
from partners.models import Person

NO_PLACE = "That is no place for a visit."
WRONG = (actions.Refused, SkippedTime, NoTimeLeft, OverflowError)


class DayIsOver(actions.Refused):
    """Nothing is planned for a day that is over."""

    def __init__(self) -> None:
        super().__init__("This day is over: choose today or a later one.")


@require_POST
def visit_drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A visit was dropped on a coach's day, or a fix was chosen: move it, and answer with the board as it is then."""
    visit = get_object_or_404(Visit.objects.placeable_by(request.user).select_related("site", "coach"), pk=pk)
    form = VisitDropForm(request.POST, coaches=Person.objects.visible_to(request.user).coaches())
    if not form.is_valid():
        return _refused(request, NO_PLACE, 422)
    dropped = form.cleaned_data
    try:
        slot = _slot_of(visit, form, asked_of(request).zone)
        moved = actions.move(
            visit,
            by=request.user,
            slot=slot,
            coach=dropped["coach"],
            sequence=dropped["sequence"],
            reason=dropped["reason"],
        )
    except WRONG as refused:
        return _answer(request, form, refused)
    return _done(request, moved, f"Moved to {moved.coach.name}, {words.when(moved)}. {words.state(moved)}")


@require_POST
def request_drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A request was dropped on a coach's day: a whole day on site, half a day on screen, unless it was made longer."""
    rows = VisitRequest.objects.placeable_by(request.user).select_related("site__partner", "asked_by")
    asked = get_object_or_404(rows, pk=pk)
    form = DropForm(request.POST, coaches=Person.objects.visible_to(request.user).coaches())
    if not form.is_valid():
        return _refused(request, NO_PLACE, 422)
    fields: dict[str, Any] = {"site": asked.site, "kind": asked.kind, "purpose": asked.purpose, "request": asked}
    try:
        slot = _slot_for(asked, form, asked_of(request).zone)
        visit = Visit(coach=form.cleaned_data["coach"], **vars(slot), **fields)
        actions.place(visit, by=request.user, reason=form.cleaned_data["reason"])
    except WRONG as refused:
        return _answer(request, form, refused)
    return _done(request, visit, f"Placed: {visit.coach.name}, {words.when(visit)}. {words.state(visit)}")


def _slot_of(visit: Visit, form: DropForm, zone: ZoneInfo | None) -> Slot:
    """When the visit is after the drop: a fix names a clock of the site, a drop half a day as the board shows it."""
    there, dropped, slot = visit.site.tzinfo, form.cleaned_data, visit.slot
    _refuse_past(dropped["day"], there)
    if dropped["clock"]:
        return starting(slot, dropped["day"], dropped["clock"], there)
    shown = there if zone is None or slot.is_whole_days else zone
    if zone:
        slot = replace(slot, zone=shown.key)
    afternoon = form.is_afternoon
    if afternoon is None:
        afternoon = is_afternoon(slot.starts_at.astimezone(shown).time())
    slot = moved_to(slot, dropped["day"], shown, afternoon=afternoon)
    return replace(lasting(slot, dropped["halves"]) if dropped["halves"] else slot, zone=there.key)


def _slot_for(asked: VisitRequest, form: DropForm, zone: ZoneInfo | None) -> Slot:
    there, day = asked.site.tzinfo, form.cleaned_data["day"]
    _refuse_past(day, there)
    halves = form.cleaned_data["halves"] or (2 if asked.is_on_site else 1)
    afternoon = bool(form.is_afternoon) and not (asked.is_on_site and not form.cleaned_data["halves"])
    whole = halves % 2 == 0 and not afternoon
    return replace(
        halves_from(day, halves, there if whole or zone is None else zone, afternoon=afternoon), zone=there.key
    )


def _refuse_past(day: dt.date, zone: ZoneInfo) -> None:
    if day < timezone.now().astimezone(zone).date():
        raise DayIsOver


def _answer(request: AuthenticatedRequest, form: DropForm, refused: Exception) -> HttpResponse:
    """Ask for the reason in place where one is needed; otherwise say why it was not done, with the board as it is."""
    if not (isinstance(refused, actions.NeedsReason) and request.htmx):
        return _refused(request, str(refused), status_of(refused))
    context = {"against": refused.concerns, "meant": form.meant, "action": request.get_full_path()}
    answer = render(request, "coaching/board.html#warning", context, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#warning", "innerHTML"
    return answer


def _refused(request: AuthenticatedRequest, said: str, status: int) -> HttpResponse:
    if not request.htmx:
        messages.error(request, said)
    return show_board(request, said=said, status=status)


def _done(request: AuthenticatedRequest, visit: Visit, said: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said)
        return back_to(request, visit)
    return show_board(request, said=said, placed=f"visit-{visit.pk}")
