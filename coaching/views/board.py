"""The board, and what others changed on it since."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Extract, Floor
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from coaching.board.versions import BUSY, REQUEST, VISIT, version_of_things
from coaching.models import Visit, VisitRequest
from coaching.views.showing import REQUESTS, Asked, asked_of, show_board
from partners.http import AuthenticatedRequest
from partners.models import BusyTime

MOST = 100  # rows that one board can have
AMENDED = Coalesce(Cast(Floor(Extract("amended_at", "epoch")), BigIntegerField()), 0, output_field=BigIntegerField())


@require_safe
def board(request: AuthenticatedRequest) -> HttpResponse:
    """A week to a quarter of LEI's coaches, or of partners; partner people see their partner's visits on it."""
    return show_board(request)


@require_safe
def board_news(request: AuthenticatedRequest) -> HttpResponse:
    """The board again if it is no longer what `version` names, else nothing. An open board asks every few seconds."""
    asked = asked_of(request)
    numbers = [int(number) for number in request.GET.get("rows", "").split(",")[:MOST] if number.isdecimal()]
    things = list(_things(asked, [number for number in numbers if number < 2**31]))
    if version_of_things(things, asked.today) == request.GET.get("version"):
        return HttpResponse(status=204)
    return show_board(request)


def _things(asked: Asked, rows: list[int]) -> QuerySet[Any]:
    """Everything on the board by number and sequence, in one query."""
    user, window = asked.reader, asked.view.window
    visits = Visit.objects.visible_to(user).active().between(*window).order_by()
    visits = visits.filter(**{"site__partner__in" if asked.by_partner else "coach__in": rows})
    busy = BusyTime.objects.visible_to(user).exclude(kind=BusyTime.Kind.VISIT).between(*window).order_by()
    busy = busy.none() if asked.by_partner else busy.filter(person__in=rows)
    requests = VisitRequest.objects.visible_to(user).to_place()[:REQUESTS]
    things = visits.values_list(Value(VISIT), "pk", "sequence")
    others = (
        busy.values_list(Value(BUSY), "pk", Value(0)),
        requests.values_list(Value(REQUEST), "pk", AMENDED),
    )
    return things.union(*others, all=True).order_by()
