"""The same marks by day, for narrow screens."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from coaching.board.marks import Mark
from coaching.board.ranges import DAY, Range
from partners.lib.calendars import clock_words, zone_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark on one day."""

    mark: Mark
    line: str
    clock: str
    yours: str


def agenda_of(
    view: Range, marks: Iterable[Mark], names: Mapping[int, str], zone: ZoneInfo, today: dt.date
) -> list[tuple[dt.date, list[Entry]]]:
    """Return the days on which something happens, from today on while today is in view; `names` are the coaches'."""
    begin = max(view.start, today) if today in view else view.start
    on_day: dict[dt.date, list[Entry]] = {}
    end = view.end
    for mark in marks:
        day, last = max(mark.first_day, begin), min(mark.last_day, end)
        while day <= last:
            on_day.setdefault(day, []).append(_entry(mark, day, names, zone))
            day += DAY
    return sorted(on_day.items())


def _entry(mark: Mark, on: dt.date, names: Mapping[int, str], zone: ZoneInfo) -> Entry:
    length = (mark.last_day - mark.first_day).days + 1
    number = f", day {(on - mark.first_day).days + 1} of {length}" if length > 1 else ""
    who = names.get(mark.coach_pk, mark.line)
    if mark.is_whole_days:
        return Entry(mark, f"{who}{number}", "whole day" if length == 1 else "whole days", "")
    there = mark.tzinfo
    same = mark.starts_at.astimezone(there).utcoffset() == mark.starts_at.astimezone(zone).utcoffset()
    yours = "" if same else f", {_clocks(mark, zone)} for you"
    return Entry(mark, f"{who}{number}", _clocks(mark, there), yours)


def _clocks(mark: Mark, zone: ZoneInfo) -> str:
    start, end = mark.starts_at.astimezone(zone), mark.ends_at.astimezone(zone)
    return f"{clock_words(start)} to {clock_words(end)} {zone_name(mark.starts_at, zone)}"
