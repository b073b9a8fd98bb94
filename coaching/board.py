"""The board as data: coaches down, half days across two weeks. One pass over the visits, no queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from coaching import pieces, words
from coaching.models import Visit
from coaching.times import is_afternoon
from partners.lib.calendars import day_words, zone_name
from partners.models import Person

DAYS = 14
ICONS = {"onsite": "map-pin", "gemba": "footprints", "review": "file-text", "remote": "video"}
BAR = 60  # units of width of the bar in the row "Out on site"


@dataclass(frozen=True, slots=True)
class Day:
    """One column; a weekend is narrow."""

    on: dt.date
    css: str
    short: str
    number: str
    words: str
    iso: str
    out: str  # coaches on site, if any
    bar: str


@dataclass(slots=True)
class Mark:
    """One visit in its coach's row: where it stands is CSS classes, what it is stands in words."""

    visit: Visit
    first: int  # half days from the left edge, from 0
    last: int
    title: str
    line: str
    words: str
    icon: str
    url: str
    lane: int = 1
    clashes_with: list[str] = field(default_factory=list)

    @property
    def slot_css(self) -> str:
        return f"slot s{self.first + 1} w{self.last - self.first + 1} l{self.lane}"

    @property
    def css(self) -> str:
        tentative = " maybe" if self.visit.confirmed_at is None else ""
        return f"ev {self.visit.kind}{tentative}{' clash' if self.clashes_with else ''}"

    @property
    def html(self) -> SafeString:
        return pieces.mark_html(self)

    @property
    def icon_css(self) -> str:
        tentative = " maybe" if self.visit.confirmed_at is None else ""
        return f"ic {self.visit.kind}{tentative}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One coach at two places at once; `mark` is the later of the two."""

    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One coach and what they do."""

    coach: Person
    marks: list[Mark]

    @property
    def head(self) -> SafeString:
        return pieces.coach_html(self.coach)


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit on one day of the agenda."""

    mark: Mark
    line: str
    clock: str
    yours: str

    @property
    def html(self) -> SafeString:
        return pieces.entry_html(self)


@dataclass(frozen=True, slots=True)
class Board:
    """Two weeks, ready for its template."""

    start: dt.date
    today: dt.date
    days: list[Day]
    rows: list[Row]
    conflicts: list[Conflict]
    agenda: list[tuple[dt.date, list[Entry]]]

    @property
    def end(self) -> dt.date:
        return self.start + dt.timedelta(days=DAYS - 1)

    @property
    def cells(self) -> SafeString:
        return pieces.cells_html(self.days)

    @property
    def head(self) -> SafeString:
        return pieces.head_html(self.days)

    @property
    def load(self) -> SafeString:
        return pieces.load_html(self.days)

    @property
    def weeks(self) -> list[int]:
        return [self.days[0].on.isocalendar().week, self.days[7].on.isocalendar().week]

    @property
    def is_empty(self) -> bool:
        return not any(row.marks for row in self.rows)

    @property
    def earlier(self) -> dt.date:
        return self.start - dt.timedelta(days=DAYS)

    @property
    def later(self) -> dt.date:
        return self.start + dt.timedelta(days=DAYS)


def first_day(text: str, today: dt.date) -> dt.date:
    """Return the Monday of the week that ?from= names, of this week when it names none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if abs(day.year - today.year) < 50 else today
    return day - dt.timedelta(days=day.weekday())


def window(start: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the moments between which visits may touch these days, in whatever zone their site is."""
    midnight = dt.datetime.combine(start, dt.time(), dt.UTC)
    return midnight - dt.timedelta(hours=14), midnight + dt.timedelta(days=DAYS, hours=14)


def build(
    start: dt.date, coaches: Sequence[Person], visits: Iterable[Visit], *, reader: Person, now: dt.datetime
) -> Board:
    """Arrange the visits of these coaches on the two weeks from `start`, a Monday.

    Each stands where its site's own calendar has it. `visits` of these coaches come in order, with their sites loaded.
    """
    of_coach: dict[int, list[Mark]] = defaultdict(list)
    by_pk = {coach.pk: coach for coach in coaches}
    for visit in visits:
        visit.coach = by_pk[visit.coach_id]
        if mark := _mark(visit, start, reader):
            of_coach[visit.coach_id].append(mark)
    rows = [Row(coach, of_coach.get(coach.pk, [])) for coach in coaches]
    conflicts = [conflict for row in rows for conflict in _find_conflicts(row, now)]
    for row in rows:
        _stack(row.marks)
        for mark in row.marks:
            mark.words = _words(mark)
    today = now.astimezone(reader.tzinfo).date()
    return Board(start, today, _days(start, rows, today), rows, conflicts, _agenda(start, rows, reader, today))


def _mark(visit: Visit, start: dt.date, reader: Person) -> Mark | None:
    begin, end = visit.local_start, visit.local_last
    first = (begin.date() - start).days * 2 + is_afternoon(begin.time())
    last = (end.date() - start).days * 2 + is_afternoon(end.time())
    if last < 0 or first >= 2 * DAYS:
        return None
    first, last = max(first, 0), min(last, 2 * DAYS - 1)
    title, line = _title(visit, reader)
    url = visit.get_absolute_url()
    return Mark(visit, first, last, title=title, line=line, words="", icon=ICONS[visit.kind], url=url)


def _title(visit: Visit, reader: Person) -> tuple[str, str]:
    """The two lines of a mark: where the coach goes, or what is done on screen. Partner people know their partner."""
    kind, site = visit.get_kind_display(), visit.site.name
    if reader.is_at_lei:
        partner = visit.site.partner.name
        return (partner, site) if visit.is_on_site else (kind, f"{partner}, {site}")
    return (site, kind) if visit.is_on_site else (kind, site)


def _words(mark: Mark) -> str:
    """What the button says beside partner and site."""
    state = "confirmed" if mark.visit.is_confirmed else "tentative"
    clash = f" In conflict: {' '.join(mark.clashes_with)}" if mark.clashes_with else ""
    return f", {mark.visit.get_kind_display()} at {words.place(mark.visit)}, {words.when(mark.visit)}, {state}.{clash}"


def _find_conflicts(row: Row, now: dt.datetime) -> list[Conflict]:
    """Mark each pair of visits that would put the coach at two places at once; what is over is no trouble any more."""
    found = []
    for place, one in enumerate(row.marks):
        for other in row.marks[place + 1 :]:
            overlap = max(one.visit.starts_at, other.visit.starts_at), min(one.visit.ends_at, other.visit.ends_at)
            if overlap[0] < overlap[1] and overlap[1] > now:
                one.clashes_with.append(f"at the same time at {words.place(other.visit)}.")
                other.clashes_with.append(f"at the same time at {words.place(one.visit)}.")
                sentence = f"{row.coach.name}, {day_words(other.visit.first_day)}: two places at once"
                found.append(Conflict(sentence, other))
    return found


def _stack(marks: list[Mark]) -> None:
    """Give each mark the first lane that is free where it stands."""
    ends: list[int] = []
    for mark in sorted(marks, key=lambda mark: (mark.first, -mark.last)):
        free = next((lane for lane, end in enumerate(ends) if end < mark.first), len(ends))
        ends[free : free + 1] = [mark.last]
        mark.lane = free + 1


def _days(start: dt.date, rows: list[Row], today: dt.date) -> list[Day]:
    out = [{row.coach.pk for row in rows for mark in row.marks if _is_out(mark, number)} for number in range(DAYS)]
    days = []
    for number in range(DAYS):
        on = start + dt.timedelta(days=number)
        css = f"s{2 * number + 2} w2" + (" we" if on.weekday() > 4 else "") + (" today" if on == today else "")
        bar = BAR * len(out[number]) // max(len(rows), 1)
        short = f"{on:%a}" if on.weekday() < 5 else f"{on:%a}"[0]
        count = str(len(out[number]) or "")
        days.append(Day(on, css, short, str(on.day), f"{on:%A} {on.day} {on:%B}", on.isoformat(), count, str(bar)))
    return days


def _is_out(mark: Mark, day: int) -> bool:
    return mark.visit.is_on_site and mark.first // 2 <= day <= mark.last // 2


def _agenda(start: dt.date, rows: list[Row], reader: Person, today: dt.date) -> list[tuple[dt.date, list[Entry]]]:
    """The same visits by day, for narrow screens, from today on; days on which nothing happens are left out."""
    days = []
    begin = (today - start).days
    for number in range(begin if begin in range(DAYS) else 0, DAYS):
        on = start + dt.timedelta(days=number)
        marks = [mark for row in rows for mark in row.marks if mark.first // 2 <= number <= mark.last // 2]
        if marks:
            days.append((on, [_entry(mark, on, reader) for mark in sorted(marks, key=_by_start)]))
    return days


def _by_start(mark: Mark) -> tuple[dt.datetime, int]:
    return mark.visit.starts_at, mark.visit.pk


def _entry(mark: Mark, on: dt.date, reader: Person) -> Entry:
    visit = mark.visit
    length = (visit.last_day - visit.first_day).days + 1
    number = f", day {(on - visit.first_day).days + 1} of {length}" if length > 1 else ""
    line = f"{visit.coach.name}{number}"
    if visit.is_whole_days:
        return Entry(mark, line, "whole day" if length == 1 else "whole days", "")
    there = zone_name(visit.starts_at, visit.tzinfo)
    clock = f"{visit.local_start:%H:%M} to {visit.local_end:%H:%M} {there} in {visit.site.name}"
    start, end = (at.astimezone(reader.tzinfo) for at in (visit.starts_at, visit.ends_at))
    same = start.utcoffset() == visit.local_start.utcoffset()
    return Entry(mark, line, clock, "" if same else f", {_yours(start, end, reader)}")


def _yours(start: dt.datetime, end: dt.datetime, reader: Person) -> str:
    return f"{start:%H:%M} to {end:%H:%M} {zone_name(start, reader.tzinfo)} for you"
