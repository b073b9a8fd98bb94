"""What stands on the board, each as one mark: visits, travel days, leave, courses taught, holidays of sites.

Marks are made from plain rows of the database: a quarter has hundreds of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from coaching import words
from coaching.models import Kind
from coaching.models.spans import INSTANT
from coaching.times import is_afternoon
from partners.lib.addresses import address_of
from partners.lib.calendars import zone_named
from partners.models import BusyTime, Person

KINDS = {str(kind): (kind.label, kind.is_on_site) for kind in Kind}
ADDRESSES = {"travel": "coaching:travel_detail", "leave": "coaching:leave_detail", "course": "courses:offering_detail"}
AWAY = {"travel": "Travel", "leave": "Leave", "course": "Course"}


@dataclass(slots=True)
class Mark:
    """One thing in a row: where it stands is columns, what it is stands in words."""

    key: str  # visit-17
    pk: int  # in its own table
    kind: str
    row: int  # the number of its coach or partner
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_whole_days: bool
    zone: str
    title: str
    line: str
    what: str  # Gemba walk at Norrick Foods, Lyon
    short: str = ""  # how a summed-up week names it
    url: str = ""
    coach_pk: int = 0
    sequence: int = 0
    is_tentative: bool = False
    is_taken: bool = False  # its coach is somewhere else then, which this board may not show
    begin: dt.datetime = field(init=False)  # as the board sees it
    last: dt.datetime = field(init=False)  # its last moment
    first_day: dt.date = field(init=False)
    last_day: dt.date = field(init=False)
    half: int = 0  # where it begins, in half days from the left edge; it may be before it
    length: int = 0  # in half days
    column: int = 0
    until: int = 0  # its last column
    lane: int = 1
    words: str = ""  # what it says to those who listen, after its title and line
    place: str = ""  # where on the page it is found
    clashes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = self.key

    @property
    def tzinfo(self) -> ZoneInfo:
        return zone_named(self.zone)

    @property
    def is_visit(self) -> bool:
        return self.kind in KINDS

    @property
    def is_on_site(self) -> bool:
        return self.is_visit and KINDS[self.kind][1]

    @property
    def css(self) -> str:
        return f"{self.kind}{' maybe' if self.is_tentative else ''}{' clash' if self.clashes else ''}"

    def see(self, zone: ZoneInfo | None) -> None:
        """Read its days off the clock of `zone`, or of its own place; whole days are always those of their place."""
        there = self.tzinfo if zone is None or self.is_whole_days else zone
        self.begin, self.last = self.starts_at.astimezone(there), (self.ends_at - INSTANT).astimezone(there)
        self.first_day, self.last_day = self.begin.date(), self.last.date()

    def stand(self, start: dt.date, halves: int, columns: int) -> None:
        """Find its columns on a board from `start`, with one or two to a day."""
        first, last = (
            (moment.date() - start).days * 2 + is_afternoon(moment.time()) for moment in (self.begin, self.last)
        )
        self.half, self.length = first, last - first + 1
        self.column = max(first * halves // 2, 0)
        self.until = min(last * halves // 2, columns - 1)

    def speak(self, zone: ZoneInfo | None) -> None:
        """Find its words, with times on the clock of `zone` or of its own place."""
        state = ""
        if self.is_visit:
            state = ", tentative" if self.is_tentative else ", confirmed"
        clash = f" In conflict: {' '.join(self.clashes)}" if self.clashes else ""
        self.words = f", {self.what}, {words.when(self, zone)}{state}.{clash}"


def of_visits(rows: Iterable[Any], *, by: str, reader: Person) -> list[Mark]:
    """Make the marks of visits, in rows by coach or by partner, from what `for_board` of their queryset returns."""
    titles = _titles_by_partner if by == "partner" else _titles_at_lei if reader.is_at_lei else _titles_at_partner
    marks = []
    for row in rows:
        title, line, short = titles(row)
        with_coach = f", {row.coach__name}" if by == "partner" else ""
        marks.append(
            Mark(
                key=f"visit-{row.pk}",
                pk=row.pk,
                kind=row.kind,
                row=row.site__partner if by == "partner" else row.coach,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                is_whole_days=row.is_whole_days,
                zone=row.zone,
                title=title,
                line=line,
                what=f"{KINDS[row.kind][0]} at {row.site__partner__name}, {row.site__name}{with_coach}",
                short=short,
                url=address_of("coaching:visit_detail", row.pk),
                coach_pk=row.coach,
                sequence=row.sequence,
                is_tentative=row.is_open,
                is_taken=row.is_taken,
            )
        )
    return marks


def _titles_by_partner(row: Any) -> tuple[str, str, str]:
    return row.site__name, row.coach__name, row.coach__name.split()[0]


def _titles_at_lei(row: Any) -> tuple[str, str, str]:
    """Where the coach goes, or what is done on screen."""
    kind, is_on_site = KINDS[row.kind]
    partner, site = row.site__partner__name, row.site__name
    return (partner, site, partner) if is_on_site else (kind, f"{partner}, {site}", partner)


def _titles_at_partner(row: Any) -> tuple[str, str, str]:
    """Partner people know their partner."""
    kind, is_on_site = KINDS[row.kind]
    return (row.site__name, kind, row.site__name) if is_on_site else (kind, row.site__name, row.site__name)


def of_busy_times(rows: Iterable[BusyTime]) -> list[Mark]:
    """Make the marks of what else takes a coach's time."""
    marks = []
    for row in rows:
        title, _, line = row.words.partition(", ")
        name = AWAY[row.kind]
        marks.append(
            Mark(
                key=row.key.replace(":", "-"),
                pk=row.pk,
                kind=row.kind,
                row=row.person_id,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                is_whole_days=row.is_whole_days,
                zone=row.zone,
                title=(title if row.kind == BusyTime.Kind.COURSE else row.words) or name,
                line=line if row.kind == BusyTime.Kind.COURSE else "",
                what=f"{name}: {row.words}" if row.words else name,
                short=title or name,
                url=address_of(ADDRESSES[row.kind], row.about),
                coach_pk=row.person_id,
            )
        )
    return marks


def of_holidays(rows: Iterable[Any]) -> list[Mark]:
    """Make one mark per partner, day and name of a holiday, from (partner, day, name, site, zone) in that order."""
    marks: list[Mark] = []
    for (partner_pk, day, name), found in groupby(rows, key=lambda row: row[:3]):
        sites = [(site, zone) for *_, site, zone in found]
        where = sites[0][0] if len(sites) == 1 else f"{len(sites)} sites"
        zone = zone_named(sites[0][1])
        marks.append(
            Mark(
                key=f"holiday-{partner_pk}-{day:%Y%m%d}-{len(marks)}",
                pk=0,
                kind="holiday",
                row=partner_pk,
                starts_at=dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC),
                ends_at=dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC),
                is_whole_days=True,
                zone=zone.key,
                title=name,
                line=where,
                what=f"Holiday at {', '.join(site for site, _ in sites)}",
                short=name,
            )
        )
    return marks
