"""Showing the board: which rows and days the address asks for, fetched in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coaching.board import Board, Range, Sight, Tray, build, of_busy_times, of_holidays, of_visits, range_of
from coaching.board.marks import Mark
from coaching.board.versions import version_of
from coaching.models import Visit, VisitRequest
from coaching.words import city
from partners.http import AuthenticatedRequest, shown
from partners.lib.pages import Page, page_of, some_of
from partners.models import BusyTime, Partner, Person, Site

ROWS = 20  # on one page
REQUESTS = 20  # cards below it
KEPT = ("range", "from", "by", "time", "coach", "after")


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and what links keep of it."""

    reader: Person
    view: Range
    now: dt.datetime
    words: dict[str, str]

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.reader.tzinfo).date()

    @property
    def by_partner(self) -> bool:
        return self.words.get("by") == "partner"

    @property
    def zone(self) -> ZoneInfo | None:
        """Whose clock the columns follow: the reader's when asked, else that of each site."""
        return self.reader.tzinfo if self.words.get("time") == "mine" else None

    @property
    def ranges(self) -> list[tuple[str, str, str]]:
        return self.view.others(self.today)

    @property
    def tells_year(self) -> bool:
        return self.view.name in {"week", "weeks"} and self.view.ends_on.year != self.today.year

    @property
    def more_words(self) -> str:
        return "More partners" if self.by_partner else "More coaches"

    @property
    def zone_words(self) -> str:
        mine = f"Days and clocks of {city(self.reader.tzinfo)}; whole days are each site’s."
        return mine if self.zone else "Days and clocks are each site’s."

    def keep(self, *names: str) -> str:
        """The part of an address that keeps these."""
        return "".join(f"&{urlencode({name: self.words[name]})}" for name in names if name in self.words)


class Filled(NamedTuple):
    """Rows and marks, as they were found."""

    owners: list[Any]
    page: Page[Any]
    marks: list[Mark]
    may_ask: bool = False
    chosen: Person | None = None


def asked_of(request: AuthenticatedRequest) -> Asked:
    words = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    now = timezone.now()
    view = range_of(words.get("range", ""), words.get("from", ""), timezone.localdate(now))
    return Asked(request.user, view, now, words)


def show_board(request: AuthenticatedRequest, *, said: str = "", placed: str = "", status: int = 200) -> HttpResponse:
    """Answer with the board that the address asks for; `said` is a message, `placed` the mark that gets the focus."""
    asked = asked_of(request)
    filled = _by_partner(asked) if asked.by_partner else _by_coach(asked)
    requests = some_of(VisitRequest.objects.visible_to(asked.reader).to_place().for_board(), REQUESTS)
    may_place = asked.reader.is_lei_staff
    may_move = may_place and not asked.view.is_by_week
    context = {
        "board": _built(asked, filled),
        "asked": asked,
        "page": filled.page,
        "chosen": filled.chosen,
        "kept_by_chips": asked.keep("range", "from", "time", "after"),
        "tray": Tray(requests, asked.view.ends_on, may_move and not asked.by_partner, may_place, filled.may_ask),
        "may_ask": filled.may_ask,
        "may_move": may_move,
        "version": version_of(filled.marks, requests, asked.today),
        "said": said,
        "placed": placed,
    }
    return render(request, shown(request, "coaching/board.html", part="plan"), context, status=status)


def _built(asked: Asked, filled: Filled) -> Board:
    keep = asked.keep("by", "time", "after")
    return build(Sight(asked.view, asked.reader, asked.now, asked.zone, keep), filled.owners, filled.marks)


def _by_coach(asked: Asked) -> Filled:
    user = asked.reader
    visits = Visit.objects.visible_to(user).active().between(*asked.view.window)
    page = page_of(_coaches_for(user, visits), "sort_name", "pk", after=asked.words.get("after", ""), size=ROWS)
    chosen = [coach for coach in page if str(coach.pk) == asked.words.get("coach")]
    owners = chosen or page.rows
    pks = [coach.pk for coach in owners]
    marks = of_visits(visits.filter(coach__in=pks).for_board(), by="coach", reader=user)
    busy = BusyTime.objects.visible_to(user).filter(person__in=pks).exclude(kind=BusyTime.Kind.VISIT)
    marks += of_busy_times(busy.between(*asked.view.window))
    may_ask = not user.is_at_lei and Partner.objects.led_by(user).exists()
    return Filled(owners, page, marks, may_ask, chosen[0] if chosen and len(page) > 1 else None)


def _coaches_for(user: Person, visits: QuerySet[Visit]) -> QuerySet[Person]:
    """LEI's people see every coach; partner people those of their partner, and who visits it in these weeks."""
    coaches = Person.objects.visible_to(user).coaches()
    if user.is_at_lei:
        return coaches
    theirs = Partner.objects.visible_to(user).values("coaches")
    return coaches.filter(Q(pk__in=theirs) | Q(pk__in=visits.values("coach")))


def _by_partner(asked: Asked) -> Filled:
    user, view = asked.reader, asked.view
    led = Partner.objects.led_by(user).filter(pk=OuterRef("pk"))
    partners = Partner.objects.visible_to(user).between(view.start, view.end).annotate(is_led=Exists(led))
    page: Page[Any] = page_of(partners, "sort_name", "pk", after=asked.words.get("after", ""), size=ROWS)
    pks = [partner.pk for partner in page]
    visits = Visit.objects.visible_to(user).active().between(*view.window).filter(site__partner__in=pks)
    marks = of_visits(visits.for_board(taken=user.is_at_lei), by="partner", reader=user)
    sites = Site.objects.visible_to(user).filter(partner__in=pks, holidays__on__range=(view.start, view.end))
    days = sites.order_by("partner", "holidays__on", "holidays__name", "sort_name")
    marks += of_holidays(days.values_list("partner", "holidays__on", "holidays__name", "name", "zone"))
    return Filled(page.rows, page, marks, may_ask=any(partner.is_led for partner in page))
