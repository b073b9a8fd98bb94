"""The board, and what is dropped on it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coaching import actions, words
from coaching.board import build, first_day, window
from coaching.forms import RequestDropForm, VisitDropForm
from coaching.models import Visit, VisitRequest
from coaching.pieces import chips_html
from coaching.times import half_day, moved_to, whole_days
from coaching.views.changes import status_of
from partners.http import AuthenticatedRequest, shown
from partners.lib.calendars import SkippedTime
from partners.lib.pages import page_of
from partners.models import Partner, Person

COACHES = 20  # rows on one page
REQUESTS = 20  # cards below it


@require_safe
def board(request: AuthenticatedRequest) -> HttpResponse:
    """Two weeks of LEI's coaches; partner people see their partner's visits on it."""
    return show_board(request, request.GET)


@require_POST
def visit_drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A visit was dropped on a coach's half day: move it there, and answer with the board as it is then."""
    visit = get_object_or_404(Visit.objects.placeable_by(request.user).select_related("site", "coach"), pk=pk)
    form = VisitDropForm(request.POST, coaches=Person.objects.visible_to(request.user).coaches())
    if not form.is_valid():
        return show_board(request, request.POST, said="That is no place for a visit.", status=422)
    dropped = form.cleaned_data
    try:
        slot = moved_to(visit.slot, dropped["day"], visit.site.tzinfo, afternoon=form.is_afternoon)
        moved = actions.move(visit, by=request.user, slot=slot, coach=dropped["coach"], sequence=dropped["sequence"])
    except (actions.Refused, SkippedTime, OverflowError) as refused:
        return show_board(request, request.POST, said=str(refused), status=status_of(refused))
    said = f"Moved to {moved.coach.name}, {words.when(moved)}. {words.state(moved)}"
    return show_board(request, request.POST, said=said)


@require_POST
def request_drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A request was dropped on a coach's half day: a whole day on site, half a day on screen."""
    rows = VisitRequest.objects.placeable_by(request.user).select_related("site__partner", "asked_by")
    asked = get_object_or_404(rows, pk=pk)
    form = RequestDropForm(request.POST, coaches=Person.objects.visible_to(request.user).coaches())
    if not form.is_valid():
        return show_board(request, request.POST, said="That is no place for a visit.", status=422)
    day, coach = form.cleaned_data["day"], form.cleaned_data["coach"]
    zone = asked.site.tzinfo
    slot = whole_days(day, day, zone) if asked.is_on_site else half_day(day, zone, afternoon=form.is_afternoon)
    fields: dict[str, Any] = {"site": asked.site, "kind": asked.kind, "purpose": asked.purpose, "request": asked}
    try:
        visit = actions.place(Visit(coach=coach, **vars(slot), **fields), by=request.user)
    except actions.Refused as refused:
        return show_board(request, request.POST, said=str(refused), status=status_of(refused))
    return show_board(request, request.POST, said=f"Placed: {coach.name}, {words.when(visit)}. {words.state(visit)}")


def coaches_for(user: Person, visits: QuerySet[Visit]) -> QuerySet[Person]:
    """LEI's people see every coach; partner people those of their partner, and who visits it in these weeks."""
    coaches = Person.objects.visible_to(user).coaches()
    if user.is_at_lei:
        return coaches
    theirs = Partner.objects.visible_to(user).values("coaches")
    return coaches.filter(Q(pk__in=theirs) | Q(pk__in=visits.values("coach")))


def show_board(request: AuthenticatedRequest, asked: QueryDict, *, said: str = "", status: int = 200) -> HttpResponse:
    """Answer with the board of the weeks and coaches that `asked` names; `said` goes to the live region."""
    user, now = request.user, timezone.now()
    start = first_day(asked.get("from", ""), timezone.localdate(now))
    visits = Visit.objects.visible_to(user).active().between(*window(start)).for_board()
    page = page_of(coaches_for(user, visits), "sort_name", "pk", after=asked.get("after", ""), size=COACHES)
    chosen = [coach for coach in page if str(coach.pk) == asked.get("coach")] or page.rows
    found = visits.filter(coach__in=[coach.pk for coach in chosen]).order_by("starts_at", "pk")
    requests = VisitRequest.objects.visible_to(user).to_place().select_related("site__partner", "asked_by")
    one = chosen[0] if len(chosen) == 1 and len(page) > 1 else None
    context = {
        "board": build(start, chosen, found, reader=user, now=now),
        "page": page,
        "chosen": one,
        "chips": chips_html(page, one, start.isoformat()),
        "requests": list(requests[:REQUESTS]),
        "may_ask": not user.is_at_lei and Partner.objects.led_by(user).exists(),
        "said": said,
        "asked": asked,
    }
    return render(request, shown(request, "coaching/board.html", part="plan"), context, status=status)
