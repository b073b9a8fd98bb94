"""The account of coach days: what the ledger should say of each visit, and the entries it lacks for that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from coaching import words
from coaching.charters import coach_days
from coaching.models import Charter, Visit
from coaching.models.charters import Year
from partners.models import Allotment, Benefit, Person
from partners.models.allotments import Kind
from partners.models.claims import trimmed

NONE = Decimal(0)
OVER = "It took place."
CONFIRMED = "Both sides have confirmed it."


def entries_lacking(visits: Sequence[Visit], *, now: dt.datetime, by: Person | None = None) -> list[Allotment]:
    """Return the entries (unsaved) after which the ledger says of these visits what is true at this moment.

    A confirmed visit in a charter's time holds its days, and uses them once it is over; any other takes none. Each
    entry's key numbers the entries of its visit, so that two who write at once write the same.
    """
    charters = _charters({visit.site.partner_id for visit in visits})
    written = _written([about(visit) for visit in visits])
    return [
        entry
        for visit in visits
        for entry in _of_visit(visit, charters[visit.site.partner_id], written[about(visit)], now, by)
    ]


def about(visit: Visit) -> str:
    """How the ledger names a visit."""
    return f"visit:{visit.pk}"


def _charters(partners: set[int]) -> dict[int, list[Charter]]:
    found: dict[int, list[Charter]] = defaultdict(list)
    for charter in Charter.objects.agreed().filter(partner__in=partners):
        found[charter.partner_id].append(charter)
    return found


def _written(abouts: list[str]) -> dict[str, dict[dt.date, Any]]:
    """What the ledger says of each visit, by the first day of the year it counts in."""
    found: dict[str, dict[dt.date, Any]] = defaultdict(dict)
    ledger = Allotment.objects.of(Benefit.COACH_DAYS).filter(about__in=abouts)
    for row in ledger.balances("about", "begins_on"):
        found[row["about"]][row["begins_on"]] = row
    return found


def _of_visit(
    visit: Visit, charters: list[Charter], written: dict[dt.date, Any], now: dt.datetime, by: Person | None
) -> Iterator[Allotment]:
    year = _year_of(visit, charters) if visit.is_confirmed else None
    lines = [
        (begins_on, row["last_day"], kind, amount)
        for begins_on, row in written.items()
        for kind, amount in _to_write(row, _wanted(visit, year, begins_on, now))
    ]
    if year and year.begins_on not in written:
        lines += [(year.begins_on, year.ends_on, *line) for line in _to_write({}, _wanted(visit, year, None, now))]
    number = sum(row["entries"] for row in written.values())
    for begins_on, ends_on, kind, amount in lines:
        number += 1
        yield Allotment(
            partner_id=visit.site.partner_id,
            benefit=Benefit.COACH_DAYS,
            kind=kind,
            amount=amount,
            begins_on=begins_on,
            ends_on=ends_on,
            about=about(visit),
            words=f"{visit.get_kind_display()} at {visit.site.name}, {words.when(visit)}"[:200],
            why=_why(visit, kind, now),
            url=visit.get_absolute_url(),
            made_by=by,
            key=f"{about(visit)}:{number}:{kind}",
        )


def _year_of(visit: Visit, charters: list[Charter]) -> Year | None:
    return next((year for charter in charters if (year := charter.year_of(visit.first_day))), None)


def _wanted(visit: Visit, year: Year | None, begins_on: dt.date | None, now: dt.datetime) -> tuple[Decimal, Decimal]:
    """What should stand of it as held and as used in the year that begins on a day, or in its own."""
    if year is None or begins_on not in (None, year.begins_on):
        return NONE, NONE
    days = coach_days(visit)
    return (NONE, days) if visit.ends_at <= now else (days, NONE)


def _to_write(row: dict[str, Any], wanted: tuple[Decimal, Decimal]) -> Iterator[tuple[Kind, Decimal]]:
    held, used = wanted[0] - row.get("held", NONE), wanted[1] - row.get("used", NONE)
    lines = ((Kind.RELEASED, -held), (Kind.RETURNED, -used), (Kind.HELD, held), (Kind.USED, used))
    return ((kind, amount) for kind, amount in lines if amount > 0)


def _why(visit: Visit, kind: Kind, now: dt.datetime) -> str:
    if kind in {Kind.HELD, Kind.USED}:
        return CONFIRMED if kind == Kind.HELD else OVER
    if visit.is_cancelled:
        return f"It was cancelled: {visit.cancel_reason}"[:300]
    if not visit.is_confirmed:
        return "It was moved, and waits to be confirmed again."
    return "It is over: what was held is used." if visit.ends_at <= now else "It takes other days now."


def difference(entry: Allotment) -> str:
    """What is wrong in the ledger when this entry is lacking."""
    kind = entry.get_kind_display().lower()
    return f"{entry.about}: {trimmed(entry.amount)} to be {kind} in the year from {entry.begins_on} ({entry.words})"
