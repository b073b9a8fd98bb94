"""A partner's year at a glance: what falls into each month at each of its sites, of what the reader may see."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coaching.models import Charter, Kind, Visit
from coaching.models.charters import AHEAD
from partners.lib.calendars import MONTHS, day_words
from partners.models import Check, Holiday, Partner, Person, Site

ONE_DAY = dt.timedelta(days=1)
SHORT = {Kind.ONSITE: "On site", Kind.GEMBA: "Gemba walk", Kind.REVIEW: "A3 review", Kind.REMOTE: "Remote"}
LONG_WORD, SHY = re.compile(r"\w{12,}"), "\N{SOFT HYPHEN}"
STATES = {"off": "called off", "tentative": "tentative", "confirmed": "confirmed"}


@dataclass(frozen=True)
class Entry:
    """Something on some days: `look` is its shape, `state` the word that goes with it, `more` what a list adds."""

    first: dt.date
    last: dt.date
    look: str
    short: str
    more: str = ""
    state: str = ""
    url: str = ""
    site: int | None = None  # None: of all of them

    @property
    def days(self) -> str:
        """16; 16–18; 30–2 Dec."""
        if self.first == self.last:
            return str(self.first.day)
        month = "" if self.first.month == self.last.month else f" {MONTHS[self.last.month]}"
        return f"{self.first.day}–{self.last.day}{month}"

    @property
    def narrow(self) -> str:
        """What the grid says: where a long word does not fit, it breaks with a hyphen, four letters from either end."""
        return LONG_WORD.sub(lambda word: word[0][:4] + SHY.join(["", *word[0][4:-4], word[0][-4:]]), self.short)

    @property
    def when(self) -> str:
        """Mon 16 Nov to Wed 18 Nov."""
        first = day_words(self.first)
        return first if self.first == self.last else f"{first} to {day_words(self.last)}"

    def spans(self, first: dt.date, last: dt.date) -> bool:
        return self.first <= last and first <= self.last


@dataclass(frozen=True)
class Month:
    first: dt.date
    last: dt.date

    @property
    def length(self) -> int:
        return self.last.day

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Cell:
    """One month of one row: what begins in it, and where on its line of days everything lies."""

    month: Month
    entries: list[Entry]
    marks: list[tuple[str, int, int]]  # look, the days before it, how many days


@dataclass(frozen=True)
class Row:
    name: str
    zone: str
    cells: list[Cell]


@dataclass(frozen=True)
class PartnerYear:
    year: int
    today: dt.date
    months: list[Month]
    rows: list[Row] = field(default_factory=list)
    listed: list[tuple[Month, list[Entry]]] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)  # names of sites at which nothing is

    @property
    def this_month(self) -> Month | None:
        return next((month for month in self.months if month.holds(self.today)), None)

    @property
    def before(self) -> int:
        return self.year - 1

    @property
    def after(self) -> int:
        return self.year + 1


def partner_year(partner: Partner, year: int, reader: Person, today: dt.date) -> PartnerYear:
    """Return the year; five queries, however much is in it. Days are those of each site."""
    months = [_month(year, number) for number in range(1, 13)]
    span = months[0].first, months[-1].last
    sites = list(Site.objects.visible_to(reader).filter(partner=partner))
    visits = Visit.objects.visible_to(reader).filter(site__partner=partner).select_related("site", "coach")
    checks = Check.objects.visible_to(reader).filter(claim__partner=partner, due_on__range=span)
    entries = [
        *of_charters(Charter.objects.visible_to(reader).filter(partner=partner).agreed()),
        *of_visits(visits.between(*(_utc(day) for day in (span[0] - ONE_DAY, span[1] + 2 * ONE_DAY)))),
        *of_checks(checks.filter(claim__ended_at__isnull=True).select_related("claim__site"), today),
        *of_holidays(Holiday.objects.filter(site__in=sites, on__range=span).select_related("site"), sites),
    ]
    entries = sorted((e for e in entries if e.spans(*span)), key=lambda e: (e.first, e.last, e.look, e.short))
    listed = [(month, found) for month in months if (found := _begun(entries, month))]
    return PartnerYear(year, today, months, _rows(sites, entries, months), listed, _quiet(sites, entries))


def _month(year: int, number: int) -> Month:
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return Month(dt.date(year, number, 1), following - ONE_DAY)


def _utc(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def of_visits(visits: Iterable[Visit]) -> Iterator[Entry]:
    for visit in visits:
        look = "off" if visit.is_cancelled else "confirmed" if visit.is_confirmed else "tentative"
        yield Entry(
            visit.first_day,
            visit.last_day,
            look,
            SHORT[Kind(visit.kind)],
            more=f"{visit.site.name}, with {visit.coach.name}",
            state=STATES[look],
            url=visit.get_absolute_url(),
            site=visit.site_id,
        )


def of_holidays(holidays: Iterable[Holiday], sites: Sequence[Site]) -> Iterator[Entry]:
    """A holiday that all sites keep is one entry, of none of them."""
    found: dict[tuple[dt.date, str], list[Site]] = defaultdict(list)
    for holiday in holidays:
        found[holiday.on, holiday.name].append(holiday.site)
    for (day, name), where in found.items():
        if len(where) == len(sites) > 1:
            yield Entry(day, day, "holiday", name, more="All sites")
        else:
            yield from (Entry(day, day, "holiday", name, more=site.name, site=site.pk) for site in where)


def of_checks(checks: Iterable[Check], today: dt.date) -> Iterator[Entry]:
    """Does what was gained still hold? Asked on that day, and what was answered."""
    for check in checks:
        claim = check.claim
        asked = "Check overdue" if check.due_on < today else "Check due"
        yield Entry(
            check.due_on,
            check.due_on,
            "gain",
            f"Check: {check.get_outcome_display().lower()}" if check.answered_at else asked,
            more=f"{claim.measure}, {claim.site.name}",
            url=claim.get_absolute_url(),
            site=claim.site_id,
        )


def of_charters(charters: Iterable[Charter]) -> Iterator[Entry]:
    """What each charter asks for: a reflection at the end of each year, renewing it in time."""
    known = list(charters)
    renewed = {charter.renews_id for charter in known}
    for charter in known:
        for day, words in _steps(charter, is_renewed=charter.pk in renewed):
            yield Entry(day, day, "step", words, url=charter.get_absolute_url())


def _steps(charter: Charter, *, is_renewed: bool) -> Iterator[tuple[dt.date, str]]:
    yield charter.begins_on, "Charter begins"
    for year in charter.years():
        yield year.last_on, f"Reflection on year {year.number}"
    if not is_renewed and charter.ended_at is None:
        yield charter.ends_on - AHEAD, "Renew the charter, or end it"
    yield charter.last_on, "Charter ends" + (", renewed" if is_renewed else "")


def _begun(entries: Iterable[Entry], month: Month) -> list[Entry]:
    """What begins in a month; in January also what began before."""
    first = dt.date.min if month.first.month == 1 else month.first
    return [entry for entry in entries if first <= entry.first <= month.last]


def _rows(sites: Sequence[Site], entries: Sequence[Entry], months: Sequence[Month]) -> list[Row]:
    """One for what is of all sites, then one for each site with something in the year."""
    by_site: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_site[entry.site].append(entry)
    heads: list[tuple[int | None, str, str]] = [(None, "All sites", "")]
    heads += [(site.pk, site.name, site.zone.rsplit("/", 1)[-1].replace("_", " ")) for site in sites]
    return [Row(name, zone, [_cell(month, by_site[pk]) for month in months]) for pk, name, zone in heads if by_site[pk]]


def _cell(month: Month, entries: Iterable[Entry]) -> Cell:
    there = [entry for entry in entries if entry.spans(month.first, month.last)]
    marks = []
    for entry in there:
        begin, end = max(entry.first, month.first), min(entry.last, month.last)
        marks.append((entry.look, begin.day - 1, (end - begin).days + 1))
    return Cell(month, _begun(there, month), marks)


def _quiet(sites: Iterable[Site], entries: Iterable[Entry]) -> list[str]:
    busy = {entry.site for entry in entries}
    return [site.name for site in sites if site.pk not in busy]
