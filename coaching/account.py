"""The account of coach days: what the ledger should say of each visit, and the entries it lacks for that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any

from coaching import words
from coaching.charters import coach_days
from coaching.models import Charter, ShortNotice, Visit
from coaching.models.spans import Timed
from coaching.notice import missed
from partners.models import Allotment, Benefit, Person
from partners.models.allotments import Kind, lines_lacking
from partners.models.claims import trimmed

NONE = Decimal(0)
OVER = "It took place."
CONFIRMED = "Both sides have confirmed it."


def entries_lacking(visits: Sequence[Visit], *, now: dt.datetime, by: Person | None = None) -> list[Allotment]:
    """Return the entries (unsaved) after which the ledger says of these visits what is true at this moment.

    A confirmed visit in a charter's time holds its days, and uses them once it is over; any other takes none. Days that
    a partner gave up too late are used, until LEI waives that. Each entry's key numbers the entries of its visit, so
    that two who write at once write the same.
    """
    charters = _charters({visit.site.partner_id for visit in visits})
    written = _written([about(visit) for visit in visits])
    late = _late(visits)
    found = [_Said(visit, charters[visit.site.partner_id], written[about(visit)], late[visit.pk]) for visit in visits]
    return [entry for said in found for entry in said.lacking(now, by)]


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


def _late(visits: Sequence[Visit]) -> dict[int, list[ShortNotice]]:
    """What was called off too late, of each visit, the last one first; waived or not."""
    found: dict[int, list[ShortNotice]] = defaultdict(list)
    for late in ShortNotice.objects.filter(visit__in=[visit.pk for visit in visits]).select_related("version"):
        found[late.visit_id].append(late)
    return found


@dataclass
class _Wanted:
    """What should stand of a visit in one year."""

    ends_on: dt.date
    held: Decimal = NONE
    used: Decimal = NONE


@dataclass(frozen=True)
class _Said:
    """A visit, and what the ledger says of it, by the first day of the year it counts in."""

    visit: Visit
    charters: list[Charter]
    written: dict[dt.date, Any]
    late: list[ShortNotice] = field(default_factory=list)

    def lacking(self, now: dt.datetime, by: Person | None) -> Iterator[Allotment]:
        visit, wanted = self.visit, self._wanted(now)
        number = sum(row["entries"] for row in self.written.values())
        for begins_on in sorted(self.written.keys() | wanted.keys()):
            row = self.written.get(begins_on, {})
            aim = wanted.get(begins_on) or _Wanted(row["last_day"])
            for kind, amount in lines_lacking(row, held=aim.held, used=aim.used):
                number += 1
                yield Allotment(
                    partner_id=visit.site.partner_id,
                    benefit=Benefit.COACH_DAYS,
                    kind=kind,
                    amount=amount,
                    begins_on=begins_on,
                    ends_on=aim.ends_on,
                    about=about(visit),
                    words=f"{visit.get_kind_display()} at {visit.site.name}, {words.when(visit)}"[:200],
                    why=self._why(kind, now),
                    url=visit.get_absolute_url(),
                    made_by=by,
                    key=f"{about(visit)}:{number}:{kind}",
                )

    def _wanted(self, now: dt.datetime) -> dict[dt.date, _Wanted]:
        found: dict[dt.date, _Wanted] = {}
        if self.visit.is_confirmed and (year := self._in(found, self.visit)):
            days = coach_days(self.visit)
            year.used, year.held = (days, NONE) if self.visit.ends_at <= now else (NONE, days)
        for late in self.late:
            if not late.waived_at and (year := self._in(found, late)):
                year.used += late.days
        return found

    def _in(self, found: dict[dt.date, _Wanted], row: Timed) -> _Wanted | None:
        """What is wanted in the year in which it begins; None outside of every charter."""
        day = row.first_day
        year = next((year for charter in self.charters if (year := charter.year_of(day))), None)
        return found.setdefault(year.begins_on, _Wanted(year.ends_on)) if year else None

    def _waived_since(self) -> ShortNotice | None:
        """What LEI waived last, if nobody has cancelled the visit since."""
        ended_at = self.visit.cancelled_at
        found = [(late.waived_at, late) for late in self.late if late.waived_at]
        at, last = max(found, key=itemgetter(0), default=(None, None))
        return None if at and ended_at and ended_at > at else last

    def _why(self, kind: Kind, now: dt.datetime) -> str:
        visit = self.visit
        if kind == Kind.HELD:
            return CONFIRMED
        if kind == Kind.USED:
            is_over = visit.is_confirmed and visit.ends_at <= now
            return OVER if is_over or not self.late else missed(self.late[0])[:300]
        if kind == Kind.RETURNED and (waived := self._waived_since()):
            return f"LEI has waived the short notice: {waived.waive_reason}"[:300]
        if visit.is_cancelled:
            return f"It was cancelled: {visit.cancel_reason}"[:300]
        if not visit.is_confirmed:
            return "It was moved, and waits to be confirmed again."
        return "It is over: what was held is used." if visit.ends_at <= now else "It takes other days now."


def difference(entry: Allotment) -> str:
    """What is wrong in the ledger when this entry is lacking."""
    kind = entry.get_kind_display().lower()
    return f"{entry.about}: {trimmed(entry.amount)} to be {kind} in the year from {entry.begins_on} ({entry.words})"
