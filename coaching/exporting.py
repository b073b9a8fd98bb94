"""Visits as the rows of a file, for LEI and partners to count and keep: what each reader may see of them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from a3.models import Sheet
from coaching.models import Promise, SheetTouched, Visit
from coaching.models.visits import VisitQuerySet
from partners.lib.pages import page_of
from partners.models import Allotment, Benefit, Person
from partners.tables import Cell, Column, Link

PIECE = 1000  # visits that are in memory at once
PEOPLE = ("coach", "coach_confirmed_by", "partner_confirmed_by", "request__asked_by")


def rows_of(visits: VisitQuerySet, reader: Person) -> Iterator[list[Cell]]:
    """One row for each visit, in the order of their beginnings; one query for each thousand.

    `visits` are those that the reader may see.
    """
    rows, after = _with_figures(visits, reader), ""
    while True:
        page = page_of(rows, "starts_at", "pk", after=after, size=PIECE)
        for visit in page:
            yield [value(visit) for _, value in TABLE]
        if not (after := page.next):
            return


def _with_figures(visits: VisitQuerySet, reader: Person) -> QuerySet[Any]:
    """Each visit with what else the file says of it, as the reader sees it: days in the account, sheets, promises."""
    about = Concat(Value("visit:"), Cast(OuterRef("pk"), CharField()))
    account = Allotment.objects.visible_to(reader).of(Benefit.COACH_DAYS).filter(about=about).balances("about")
    touched = SheetTouched.objects.visible_to(reader).filter(visit=OuterRef("pk"))
    named = JSONObject(pk="sheet_id", title="sheet__title")
    return (
        visits.select_related("site__partner", *PEOPLE)
        .with_record_rights_of(reader)
        .annotate(
            charged=Subquery(account.annotate(charged=F("held") + F("used")).values("charged")),
            sheets=ArraySubquery(touched.order_by("added_at", "pk").values(named=named)),
            made=_count(Promise.objects.standing()),
            kept=_count(Promise.objects.standing().kept()),
        )
    )


def _count(promises: QuerySet[Promise]) -> Subquery:
    mine = promises.filter(visit=OuterRef("pk")).order_by().values("visit")
    return Subquery(mine.annotate(count=Count("pk")).values("count"))


def _clock(visit: Visit, at: dt.datetime) -> dt.time | None:
    return None if visit.is_whole_days else at.time().replace(tzinfo=None)


def _there(visit: Visit, at: dt.datetime | None) -> dt.datetime | None:
    """The moment on the clock of the site."""
    return at.astimezone(visit.tzinfo).replace(tzinfo=None) if at else None


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _state(visit: Visit) -> str:
    if visit.declined_for:
        return f"declined by {visit.get_declined_for_display().lower()}"
    return "cancelled" if visit.is_cancelled else "confirmed" if visit.is_confirmed else "tentative"


def _sheets(visit: Any) -> str:
    return "; ".join(f"{Sheet(pk=sheet['pk']).code} {sheet['title']}" for sheet in visit.sheets)


def _promises(visit: Any, number: int | None) -> int | None:
    """Nothing for who does not read the record: that is not none."""
    return (number or 0) if visit.may_read_record else None


# The clocks are those of the site; of whole days there are none.
TABLE: list[tuple[Column, Callable[[Any], Cell]]] = [
    (Column("Visit", 7), lambda visit: visit.pk),
    (Column("Partner", 22), lambda visit: visit.site.partner.name),
    (Column("Site", 18), lambda visit: visit.site.name),
    (Column("Kind", 17), lambda visit: visit.get_kind_display()),
    (Column("Purpose", 48), lambda visit: visit.purpose),
    (Column("First day"), lambda visit: visit.first_day),
    (Column("Last day"), lambda visit: visit.last_day),
    (Column("Begins", 8), lambda visit: _clock(visit, visit.local_start)),
    (Column("Ends", 8), lambda visit: _clock(visit, visit.local_end)),
    (Column("Time zone of the site", 19), lambda visit: visit.zone),
    (Column("Whole days", 8), lambda visit: "yes" if visit.is_whole_days else "no"),
    (Column("Coach", 18), lambda visit: visit.coach.name),
    (Column("State", 18), _state),
    (Column("Coach's side confirmed", 18), lambda visit: _there(visit, visit.coach_confirmed_at)),
    (Column("Confirmed for the coach by", 18), lambda visit: _name(visit.coach_confirmed_by)),
    (Column("Partner's side confirmed", 18), lambda visit: _there(visit, visit.partner_confirmed_at)),
    (Column("Confirmed for the partner by", 18), lambda visit: _name(visit.partner_confirmed_by)),
    (Column("Coach days charged", 9), lambda visit: visit.charged),
    (Column("Asked by", 18), lambda visit: _name(visit.request and visit.request.asked_by)),
    (Column("A3s touched", 40), _sheets),
    (Column("Promises made", 9), lambda visit: _promises(visit, visit.made)),
    (Column("Promises kept", 9), lambda visit: _promises(visit, visit.kept)),
    (Column("Why cancelled", 30), lambda visit: visit.cancel_reason),
    (Column("Page", 36), lambda visit: Link(settings.SITE_URL + visit.get_absolute_url())),
]
COLUMNS = [column for column, _ in TABLE]
