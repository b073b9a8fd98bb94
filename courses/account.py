"""The account of course seats: what the ledger should say of each enrollment, and the entries it lacks for that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courses.models import Enrollment
from partners.actions import allot
from partners.models import Allotment, Benefit, Partner
from partners.models.allotments import Balance, Kind, lines_lacking

State = Enrollment.State
NONE, SEAT = Decimal(0), Decimal(1)


class Year(NamedTuple):
    """A year for which a partner was granted seats."""

    begins_on: dt.date
    ends_on: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.begins_on <= day <= self.ends_on


def years_of(*partners: int) -> dict[int, list[Year]]:
    """Partner -> the years for which it was granted seats, earliest first. Outside of them seats are not counted."""
    found: dict[int, list[Year]] = defaultdict(list)
    granted = Allotment.objects.of(Benefit.COURSE_SEATS).filter(kind=Kind.GRANTED, partner__in=partners)
    for pk, begins_on, ends_on in granted.order_by("begins_on").values_list("partner", "begins_on", "ends_on"):
        found[pk].append(Year(begins_on, ends_on))
    return found


def balance_of(partner: Partner, day: dt.date) -> Balance | None:
    """What the partner has, holds and has used in the year of this day; None when no seats were granted for it."""
    year = next((year for year in years_of(partner.pk)[partner.pk] if year.holds(day)), None)
    if year is None:
        return None
    return Allotment.objects.of(Benefit.COURSE_SEATS).filter(partner=partner).in_year(year.begins_on).balance()


def keep(*pks: int) -> int:
    """Write what the ledger lacks of these enrollments; returns how many entries. Again: none.

    With them come seats that the same people gave back too late there: those count no more, or count again.
    """
    these = Enrollment.objects.filter(pk__in=pks)
    same = these.filter(person=OuterRef("person"), offering=OuterRef("offering"))
    rows = Enrollment.objects.filter(Q(pk__in=pks) | Q(Exists(same), given_back_late=True))
    return allot(entries_lacking(list(rows.for_page()), now=timezone.now()))


def entries_lacking(enrollments: Sequence[Enrollment], *, now: dt.datetime) -> list[Allotment]:
    """Return the entries (unsaved) after which the ledger says of these enrollments what is true at this moment.

    Who has a seat ahead holds one of the partner's; it is used once the offering is over, or attendance is noted,
    whoever came, or when it was given back too late, unless the person came back and counts there. A seat that is only
    offered takes none. Each entry's key numbers the entries of its enrollment, so that two who write at once write the
    same. The enrollments come with offering, course, person and partner.
    """
    partners = {row.partner_id for row in enrollments if row.partner_id}
    years, written = years_of(*partners), _written([about(row) for row in enrollments])
    repeated = _repeated(enrollments)
    found = [
        _Said(row, row.partner, years[row.partner.pk], written[about(row)], counts_again=row.pk in repeated)
        for row in enrollments
        if row.partner and (years[row.partner.pk] or written[about(row)])
    ]
    return [entry for said in found for entry in said.lacking(now)]


def about(enrollment: Enrollment) -> str:
    """How the ledger names an enrollment."""
    return f"enrollment:{enrollment.pk}"


def difference(entry: Allotment) -> str:
    """What is wrong in the ledger when this entry is lacking."""
    return f"{entry.about}: a seat to be {entry.get_kind_display().lower()} ({entry.words})"


def _written(abouts: list[str]) -> dict[str, dict[dt.date, Any]]:
    found: dict[str, dict[dt.date, Any]] = defaultdict(dict)
    ledger = Allotment.objects.of(Benefit.COURSE_SEATS).filter(about__in=abouts)
    for row in ledger.balances("about", "begins_on"):
        found[row["about"]][row["begins_on"]] = row
    return found


def _repeated(enrollments: Sequence[Enrollment]) -> set[int]:
    """Those given back too late whose person counts there by another enrollment."""
    late = [row.pk for row in enrollments if row.counts_late]
    rows = Enrollment.objects.filter(pk__in=late).with_repeated() if late else ()
    return {row.pk for row in rows if getattr(row, "counts_again", False)}


@dataclass(frozen=True)
class _Said:
    """An enrollment, and what the ledger says of it, by the first day of the year it counts in."""

    enrollment: Enrollment
    partner: Partner
    years: list[Year]
    written: dict[dt.date, Any]
    counts_again: bool = False

    def lacking(self, now: dt.datetime) -> Iterator[Allotment]:
        enrollment, offering = self.enrollment, self.enrollment.offering
        year = next((year for year in self.years if year.holds(offering.starts_on)), None)
        last_days = {begins_on: row["last_day"] for begins_on, row in self.written.items()}
        last_days |= {year.begins_on: year.ends_on} if year else {}
        number = sum(row["entries"] for row in self.written.values())
        for begins_on, ends_on in sorted(last_days.items()):
            held, used = self._wanted(now) if year and year.begins_on == begins_on else (NONE, NONE)
            for kind, amount in lines_lacking(self.written.get(begins_on, {}), held=held, used=used):
                number += 1
                yield Allotment(
                    partner=self.partner,
                    benefit=Benefit.COURSE_SEATS,
                    kind=kind,
                    amount=amount,
                    begins_on=begins_on,
                    ends_on=ends_on,
                    about=about(enrollment),
                    words=f"{enrollment.person.name}: {offering}"[:200],
                    why=self._why(kind),
                    url=offering.get_absolute_url(),
                    made_by_id=self._who(kind),
                    key=f"{about(enrollment)}:{number}:{kind}",
                )

    def _wanted(self, now: dt.datetime) -> tuple[Decimal, Decimal]:
        """Seats held, and seats used: one of the two, or none."""
        state = self.enrollment.state
        is_alive = self.enrollment.offering.cancelled_at is None
        is_lost = self.enrollment.counts_late and not self.counts_again and is_alive
        is_used = (
            is_lost or state == State.ATTENDED or (state == State.ENROLLED and self.enrollment.offering.is_over(now))
        )
        return SEAT * (state == State.ENROLLED and not is_used), SEAT * is_used

    def _why(self, kind: Kind) -> str:
        enrollment = self.enrollment
        if kind == Kind.HELD:
            beyond = enrollment.over_because
            return f"A seat was given beyond what was allotted: {beyond}"[:300] if beyond else "A seat was given."
        if enrollment.given_back_late:
            return self._why_late(kind)
        if kind == Kind.USED:
            return "Attendance was noted." if enrollment.state == State.ATTENDED else "It took place."
        if enrollment.state == State.CANCELLED:
            return f"It was cancelled: {enrollment.reason}"[:300]
        return "What was held is used." if kind == Kind.RELEASED and enrollment.has_seat else "It counts elsewhere now."

    def _why_late(self, kind: Kind) -> str:
        """Of a seat that was given back too late."""
        enrollment = self.enrollment
        if enrollment.offering.cancelled_at:
            return "The offering was cancelled: nothing counts."
        if enrollment.waived_at:
            return f"Given back too late, which LEI waives: {enrollment.waived_because}"[:300]
        if self.counts_again:
            return "Given back too late, and had again: one seat counts, not two."
        used = f"It was given back too late: {enrollment.reason}"[:300]
        return used if kind == Kind.USED else "What was held is used."

    def _who(self, kind: Kind) -> int | None:
        """Whose deed it follows; None: the clock."""
        if kind == Kind.HELD:
            return self.enrollment.approved_by_id
        if self.enrollment.waived_by_id:
            return self.enrollment.waived_by_id
        return self.enrollment.cancelled_by_id if self.enrollment.state == State.CANCELLED else None
