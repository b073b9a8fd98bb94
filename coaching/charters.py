"""The charter that holds for a partner on a day, and its coach days: granted, used, planned, tentative, left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from coaching.models import Charter, ShortNotice, Visit
from coaching.models.charters import Year
from coaching.models.spans import Timed
from partners.models import Allotment, Benefit, Partner
from partners.models.allotments import AllotmentQuerySet
from partners.models.claims import trimmed

HALF = Decimal("0.5")
HALF_A_DAY = dt.timedelta(hours=4)
NOON = dt.time(12)
ONE_DAY = dt.timedelta(days=1)
A_YEAR = 365  # days; a leap year counts as full too


@dataclass(frozen=True)
class Days:
    """The coach days of one year of a charter. Visits count in the year in which they begin, on the site's clock."""

    charter: Charter
    year: Year
    granted: Decimal  # with what was added, taken back or carried over
    is_granted: bool  # False for a year that has not begun: `granted` is then what the charter says
    used: Decimal  # by confirmed visits that are over, and by what was called off too late
    late: Decimal  # the part of `used` that was called off too late, and that LEI has not waived
    planned: Decimal  # by confirmed visits ahead
    tentative: Decimal  # by visits that wait for somebody to confirm

    @property
    def taken(self) -> Decimal:
        return self.used + self.planned

    @property
    def left(self) -> Decimal:
        """Neither used nor planned; below zero when there are more visits than days."""
        return self.granted - self.taken

    def exceeded_by(self, more: Decimal = Decimal(0)) -> Decimal:
        """By how many days the year is exceeded when all that is tentative takes place, and so many days `more`."""
        return max(self.taken + self.tentative + more - self.granted, Decimal(0))


def in_force(partner: Partner, *, on: dt.date) -> Charter | None:
    """The partner's charter of that day; its version says more: `charter.in_force.notice_days`, `.cadence`."""
    return Charter.objects.filter(partner=partner).in_force(on).select_related("in_force", "partner").first()


def days_of(partner: Partner, *, on: dt.date) -> Days | None:
    """The days of the charter year in which `on` lies; None where no charter is in force on that day."""
    charter = in_force(partner, on=on)
    year = charter.year_of(on) if charter else None
    return days_of_years([(charter, year)])[0] if charter and year else None


def days_of_years(years: Sequence[tuple[Charter, Year]]) -> list[Days]:
    """The days of several charter years, in their order; three queries, however many there are.

    Each charter comes with its version in force.
    """
    if not years:
        return []
    partners = {charter.partner_id for charter, _ in years}
    ledger = Allotment.objects.of(Benefit.COACH_DAYS).filter(partner__in=partners)
    found = {(row["partner"], row["begins_on"]): row["allotted"] for row in ledger.balances()}
    window = _window(min(year.begins_on for _, year in years), max(year.last_on for _, year in years))
    visits, late = _visits(partners, window), _late(partners, window)
    now = timezone.now()
    return [
        _added_up(charter, year, found, [*visits[charter.partner_id], *late[charter.partner_id]], now)
        for charter, year in years
    ]


def taken_by_charter(charters: Iterable[Charter], ledger: AllotmentQuerySet, *, on: dt.date) -> dict[int, str]:
    """Such as "12 days used, 3.5 planned" of the year in which `on` lies, by charter in force then; one query.

    As the ledger says it: what waits to be confirmed is not among it.
    """
    years = {charter: year.begins_on for charter in charters if charter.in_force_id and (year := charter.year_of(on))}
    partners = {charter.partner_id for charter in years}
    rows = ledger.of(Benefit.COACH_DAYS).filter(partner__in=partners, begins_on__in=years.values())
    found = {(row["partner"], row["begins_on"]): row for row in rows.balances("partner", "begins_on")}
    taken = {charter: found.get((charter.partner_id, begins_on)) for charter, begins_on in years.items()}
    return {
        charter.pk: f"{in_days(row['used'])} used, {trimmed(row['held'])} planned" if row else "0 days used"
        for charter, row in taken.items()
    }


type Window = tuple[dt.datetime, dt.datetime]
type Parts = dict[int, list[tuple[dt.date, Visit | ShortNotice]]]


def _window(first: dt.date, last: dt.date) -> Window:
    """Holds whatever begins from the first to the last day, in any zone."""
    begin = dt.datetime.combine(first - ONE_DAY, dt.time(), dt.UTC)
    return begin, dt.datetime.combine(last + 2 * ONE_DAY, dt.time(), dt.UTC)


def _visits(partners: Iterable[int], window: Window) -> Parts:
    """Visits that may begin then, with the day they begin at their site, by partner."""
    rows = Visit.objects.active().filter(site__partner__in=partners, starts_at__gte=window[0], starts_at__lt=window[1])
    found: Parts = defaultdict(list)
    own = ("starts_at", "ends_at", "is_whole_days", "confirmed_at", "cancelled_at", "zone", "site__partner_id")
    for visit in rows.order_by().select_related("site").only(*own):
        found[visit.site.partner_id].append((visit.first_day, visit))
    return found


def _late(partners: Iterable[int], window: Window) -> Parts:
    """What was called off too late of visits that were to begin then, in the same way."""
    rows = ShortNotice.objects.counting().filter(visit__site__partner__in=partners)
    found: Parts = defaultdict(list)
    for late in rows.filter(starts_at__gte=window[0], starts_at__lt=window[1]).select_related("visit__site"):
        found[late.visit.site.partner_id].append((late.first_day, late))
    return found


def _added_up(
    charter: Charter,
    year: Year,
    ledger: dict[tuple[int, dt.date], Decimal],
    taking: list[tuple[dt.date, Visit | ShortNotice]],
    now: dt.datetime,
) -> Days:
    sums = dict.fromkeys(("used", "late", "planned", "tentative"), Decimal(0))
    for day, row in taking:
        if not year.holds(day):
            continue
        if isinstance(row, ShortNotice):
            sums["late"] += row.days
            sums["used"] += row.days
        else:
            part = "tentative" if not row.confirmed_at else "used" if row.ends_at <= now else "planned"
            sums[part] += coach_days(row)
    granted = ledger.get((charter.partner_id, year.begins_on))
    return Days(
        charter=charter,
        year=year,
        granted=share_of(charter, year) if granted is None else granted,
        is_granted=granted is not None,
        **sums,
    )


def share_of(charter: Charter, year: Year) -> Decimal:
    """What its version in force grants for a year: of a shorter last year its share, to the nearest half."""
    if charter.in_force is None:
        return Decimal(0)
    whole = charter.in_force.days_per_year
    last = min(year.ends_on, charter.ends_on)  # who ends a charter early takes nothing back
    days = min((last - year.begins_on).days + 1, A_YEAR)
    return (whole * 2 * days / A_YEAR).quantize(Decimal(1), ROUND_HALF_UP) / 2


def coach_days(visit: Timed) -> Decimal:
    """How many days of the charter a visit takes. Travel does not count."""
    return sum(days_by_date(visit).values(), Decimal(0))


def days_by_date(visit: Timed) -> dict[dt.date, Decimal]:
    """What it takes of each of its days, on the site's clock.

    Whole days of the site count one each, up to four hours half a day, and anything longer a day. A first day from
    noon on, and a last one until noon, are half days.
    """
    first, last = visit.first_day, visit.last_day
    if not visit.is_whole_days and visit.ends_at - visit.starts_at <= HALF_A_DAY:
        return {first: HALF}
    days = {first + number * ONE_DAY: Decimal(1) for number in range((last - first).days + 1)}
    if visit.is_whole_days or first == last:
        return days
    if visit.local_start.time() >= NOON:
        days[first] = HALF
    if last == visit.local_end.date() and visit.local_end.time() <= NOON:
        days[last] = HALF
    return days


def in_days(number: Decimal) -> str:
    """1 day; 2.5 days; half a day."""
    if abs(number) == HALF:
        return "half a day"
    return f"{trimmed(number)} {'day' if abs(number) == 1 else 'days'}"


def days_in_words(days: Days) -> str:
    """24 days: 9 used (1 of them called off too late), 6 planned, 2 tentative, 9 left."""
    late = f" ({trimmed(days.late)} of them called off too late)" if days.late else ""
    said = [f"{trimmed(days.used)} used{late}", f"{trimmed(days.planned)} planned"]
    said += [f"{trimmed(days.tentative)} tentative"] if days.tentative else []
    said += [f"{trimmed(days.left)} left" if days.left >= 0 else f"{trimmed(-days.left)} more than agreed"]
    return f"{in_days(days.granted)}: {', '.join(said)}"
