"""Who was taught, as figures: attendance by partner, level and year, seats used, and who waited in vain.

A year is that in which offerings begin. The level is the highest that the person had at the partner on the first day.
Offerings that were cancelled count nowhere. Numbers only: no shares, which say little of three people.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from courses.models import Enrollment
from partners.lib.pages import page_of
from partners.models import Allotment, Assignment, Benefit, Level, Partner
from partners.models.partners import PartnerQuerySet
from partners.tables import Cell, Column

State = Enrollment.State
UNKNOWN = 0  # the level of who had no assignment at the partner on the first day
LEVELS = (*reversed(Level), UNKNOWN)
PIECE = 200  # partners that are in memory at once


@dataclass(frozen=True)
class Figures:
    """People, each counted once for every offering; seats in the years of the account that begin in this one."""

    attended: dict[int, int]  # level -> how many
    absent: int  # had a seat of what is over, and did not come
    coming: int  # have a seat of what is not over
    waited: int  # approved, never seated, and the offering has begun or the offer lapsed
    waiting: int  # in the line of what is to come
    allotted: Decimal | None  # None: none were granted
    used: Decimal

    @property
    def by_level(self) -> list[int]:
        return [self.attended.get(level, 0) for level in LEVELS]

    @property
    def came(self) -> int:
        return sum(self.attended.values())


@dataclass(frozen=True)
class Line[T]:
    """One line of the report: a partner in a year, or a year of a partner."""

    of: T
    figures: Figures


def of_year(partners: Iterable[Partner], year: int, today: dt.date) -> list[Line[Partner]]:
    """What this year was, of each of these partners; two queries, however many."""
    rows = list(partners)
    pks = [partner.pk for partner in rows]
    in_year = Enrollment.objects.filter(partner__in=pks, offering__starts_on__year=year)
    ledger = Allotment.objects.filter(partner__in=pks, begins_on__year=year)
    found = _figures(in_year, ledger, today, by="partner_id", seats_by="partner_id")
    return [Line(partner, found(partner.pk)) for partner in rows]


def of_partner(partner: Partner, today: dt.date) -> list[Line[int]]:
    """What each year was of this partner, the latest first; two queries."""
    enrollments = Enrollment.objects.filter(partner=partner).annotate(year=ExtractYear("offering__starts_on"))
    ledger = Allotment.objects.filter(partner=partner).annotate(year=ExtractYear("begins_on"))
    found = _figures(enrollments, ledger, today, by="year", seats_by="year")
    years = range(max([*found.known, today.year]), min([*found.known, partner.joined_on.year]) - 1, -1)
    return [Line(year, found(year)) for year in years]


class _Found:
    """The figures by what they were asked by; nothing is known of others."""

    def __init__(self, known: set[int], make: Callable[[int], Figures]) -> None:
        self.known, self.make = known, make

    def __call__(self, key: int) -> Figures:
        return self.make(key)


def _figures(enrollments: Any, ledger: Any, today: dt.date, *, by: str, seats_by: str) -> _Found:
    attended: dict[int, Counter[int]] = defaultdict(Counter)
    others: dict[int, Counter[str]] = defaultdict(Counter)
    for row in _counted(enrollments, today, by):
        attended[row[by]][row["level"]] += row["came"]
        others[row[by]].update({name: row[name] for name in ("absent", "coming", "waited", "waiting")})
    seats = {row[seats_by]: row for row in ledger.of(Benefit.COURSE_SEATS).balances(seats_by)}

    def make(key: int) -> Figures:
        came = {level: number for level, number in attended[key].items() if number}
        rest = {name: others[key][name] for name in ("absent", "coming", "waited", "waiting")}
        account = seats.get(key)
        allotted, used = (account["allotted"], account["used"]) if account else (None, Decimal(0))
        return Figures(attended=came, allotted=allotted, used=used, **rest)

    return _Found({*attended, *seats}, make)


def _counted(enrollments: Any, today: dt.date, by: str) -> Any:
    """Rows of `by`, level and how many came, were absent, come, waited in vain, wait."""
    is_over, has_begun = Q(offering__ends_on__lt=today), Q(offering__starts_on__lte=today)
    states = {
        "came": Q(state=State.ATTENDED),
        "absent": Q(state=State.ENROLLED) & is_over,
        "coming": Q(state=State.ENROLLED) & ~is_over,
        "waited": Q(state=State.APPROVED) & has_begun | Q(state=State.LAPSED),
        "waiting": Q(state__in=(State.APPROVED, State.OFFERED)) & ~has_begun,
    }
    held = Assignment.objects.filter(person=OuterRef("person"), site__partner=OuterRef("partner")).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=OuterRef("offering__starts_on")),
        began_on__lte=OuterRef("offering__starts_on"),
    )
    level = Coalesce(Subquery(held.order_by("-level").values("level")[:1]), UNKNOWN)
    rows = enrollments.filter(offering__cancelled_at__isnull=True).order_by().annotate(level=level)
    return rows.values(by, "level").annotate(**{name: Count("pk", filter=which) for name, which in states.items()})


def _head(first: str) -> list[Column]:
    levels = [Column(Level(level).label if level else "Level not known", 10) for level in LEVELS]
    rest = ("Attended in all", "Did not come", "Have a seat ahead", "Waited in vain", "Wait now")
    return [
        Column(first, 28),
        *levels,
        *(Column(title) for title in rest),
        Column("Seats used"),
        Column("Seats allotted"),
    ]


YEAR_COLUMNS = _head("Partner")
PARTNER_COLUMNS = _head("Year")


def _cells(first: Cell, figures: Figures) -> list[Cell]:
    rest = (figures.came, figures.absent, figures.coming, figures.waited, figures.waiting)
    seats = (figures.used, figures.allotted) if figures.allotted is not None else (None, None)
    return [first, *figures.by_level, *rest, *seats]


def rows_of_year(partners: PartnerQuerySet, year: int, today: dt.date) -> Iterator[list[Cell]]:
    """The lines of a file: every partner's year, some hundred partners at once."""
    after = ""
    while True:
        page = page_of(partners, "sort_name", "pk", after=after, size=PIECE)
        yield from (_cells(line.of.name, line.figures) for line in of_year(page, year, today))
        if not (after := page.next):
            return


def rows_of_partner(partner: Partner, today: dt.date) -> Iterator[list[Cell]]:
    """The lines of a file: the years of one partner."""
    return (_cells(line.of, line.figures) for line in of_partner(partner, today))
