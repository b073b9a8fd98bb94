"""Writing the account of coach days: what a charter grants, what visits hold and use, what staff add and carry over."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from coaching.account import about, entries_lacking
from coaching.actions.refusals import NotSoManyLeft
from coaching.charters import in_days, share_of
from coaching.models import Charter, Visit
from coaching.models.charters import Year
from partners import actions as floor
from partners.lib.calendars import day_words
from partners.models import Allotment, Benefit, Partner, Person
from partners.models.allotments import Kind

BACK = dt.timedelta(days=400)  # older visits are kept by what changes them, and by reconcile_days


def keep_days(visit: Visit, *, by: Person | None) -> None:
    """Have the ledger say what is true of a visit that `by` has just changed, in the transaction of the change."""
    floor.allot(entries_lacking([visit], now=timezone.now(), by=by))


def keep_days_of(partner: Partner, *, since: dt.datetime | None = None) -> int:
    """Write what the ledger lacks of a partner's visits, such as what is over; returns how many entries.

    Visits that somebody changes at this moment are left to them, or to the next round.
    """
    now = timezone.now()
    visits = Visit.objects.filter(site__partner=partner, starts_at__gte=since or now - BACK)
    if not (lacking := entries_lacking(list(visits.select_related("site")), now=now)):
        return 0
    pks = [visit.pk for visit in visits if about(visit) in {entry.about for entry in lacking}]
    with transaction.atomic():
        held = visits.filter(pk__in=pks).select_related("site").select_for_update(of=("self",), skip_locked=True)
        return floor.allot(entries_lacking(list(held), now=now))


def grant_years(charter: Charter, *, day: dt.date, by: Person | None = None) -> int:
    """Grant the days of every year that has begun by then, once; in the year that runs, add or take back a difference.

    Comes with its version in force. Returns how many entries were new.
    """
    return floor.allot(grants_lacking(charter, day=day, by=by))


def grants_lacking(charter: Charter, *, day: dt.date, by: Person | None = None) -> list[Allotment]:
    """Return the entries (unsaved) after which the ledger grants what the version in force says by that day."""
    ledger = Allotment.objects.of(Benefit.COACH_DAYS).filter(about=charter.about)
    given = {row["begins_on"]: row["allotted"] for row in ledger.balances("begins_on")}
    begun = [year for year in charter.years() if year.begins_on <= day]
    return [entry for year in begun if (entry := _grant(charter, year, given.get(year.begins_on), day, by))]


def _grant(charter: Charter, year: Year, given: Decimal | None, day: dt.date, by: Person | None) -> Allotment | None:
    wanted = share_of(charter, year)
    more = wanted - (given or 0)
    if not more or not charter.in_force or (given is not None and not year.holds(day)):
        return None
    kind, version = (Kind.GRANTED, "granted") if given is None else (Kind.ADDED, f"version:{charter.in_force.number}")
    why = f"Version {charter.in_force.number} of the charter: {in_days(charter.in_force.days_per_year)} a year."
    return _entry(charter, year, kind=kind, amount=more, why=why, by=by, key=f"{version}", about=charter.about)


def _entry(charter: Charter, year: Year, *, key: str, why: str, by: Person | None, **fields: object) -> Allotment:
    first, last = day_words(year.begins_on, year=True), day_words(year.last_on, year=True)
    return Allotment(
        partner=charter.partner,
        benefit=Benefit.COACH_DAYS,
        begins_on=year.begins_on,
        ends_on=year.ends_on,
        words=f"Year {year.number} of the charter, {first} to {last}",
        why=why[:300],
        url=charter.get_absolute_url(),
        made_by=by,
        key=f"{charter.about}:year:{year.number}:{key}",
        **fields,
    )


@dataclass(frozen=True)
class GivenDays:
    """Days that somebody of LEI gives a partner in a year beyond the charter. `once` keeps a double click from two."""

    year: Year
    amount: Decimal
    why: str
    once: str


def add_days(charter: Charter, given: GivenDays, *, by: Person) -> None:
    """Add days to a year, or take them back (below zero)."""
    floor.allot([_given(charter, given, by, kind=Kind.ADDED)])


@transaction.atomic
def carry_over(charter: Charter, given: GivenDays, *, by: Person) -> None:
    """Carry days that the year before has left into this one. Raises NotSoManyLeft."""
    Charter.objects.select_for_update().get(pk=charter.pk)
    before = charter.year_at(given.year.number - 1)
    if before is None:
        raise NotSoManyLeft("This is the first year of the charter: there is nothing to carry over.")
    if given.amount > (left := _left_in(charter, before)):
        raise NotSoManyLeft(f"The year before has {in_days(max(left, Decimal(0)))} left.")
    taken = replace(given, year=before, amount=-given.amount)
    floor.allot(_given(charter, part, by, kind=Kind.CARRIED_OVER) for part in (taken, given))


def _given(charter: Charter, given: GivenDays, by: Person, *, kind: Kind) -> Allotment:
    key = f"{kind}:{given.once}"
    return _entry(charter, given.year, kind=kind, amount=given.amount, why=given.why, by=by, key=key)


def _left_in(charter: Charter, year: Year) -> Decimal:
    ledger = Allotment.objects.of(Benefit.COACH_DAYS).filter(partner=charter.partner_id)
    return ledger.in_year(year.begins_on).balance().left


def partners_with_charters(day: dt.date) -> Iterable[Partner]:
    """Partners whose account of days is still written: a charter is in force, or was less than three months ago."""
    recent = Charter.objects.agreed().not_over(day - dt.timedelta(days=90))
    return Partner.objects.filter(pk__in=recent.values("partner"))
