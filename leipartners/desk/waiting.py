"""What waits for one person, in three groups: now, this week, later."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from partners.lib.calendars import day_words
from partners.models import Obligation

MOST = 50  # rows on the page
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Row:
    obligation: Obligation
    when: str


@dataclass(frozen=True)
class Waiting:
    now: list[Row]
    this_week: list[Row]
    later: list[Row]
    there_is_more: bool

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The groups that hold something, with their names."""
        named = [("Now", self.now), ("This week", self.this_week), ("Later", self.later)]
        return [(name, rows) for name, rows in named if rows]


def waiting_of(obligations: Iterable[Obligation], zone: ZoneInfo, now: dt.datetime) -> Waiting:
    """Group at most MOST obligations; give one more to have it said that there are more."""
    groups: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    found = list(obligations)
    for obligation in found[:MOST]:
        groups[_group(obligation, zone, now)].append(Row(obligation, _when(obligation, zone, now)))
    return Waiting(*groups, there_is_more=len(found) > MOST)


def _group(obligation: Obligation, zone: ZoneInfo, now: dt.datetime) -> int:
    """0: due today or before, or reminded of; 1: due within six days, or new without a date; 2: due later."""
    if obligation.due_at is None:
        return 0 if obligation.times_reminded else 1
    due, today = obligation.due_at.astimezone(zone).date(), now.astimezone(zone).date()
    return 0 if due <= today else 1 if due < today + WEEK else 2


def _when(obligation: Obligation, zone: ZoneInfo, now: dt.datetime) -> str:
    """By when, or since when: "today", "by Fri", "was due Mon 2 Nov", "since Sun 1 Nov"."""
    today = now.astimezone(zone).date()
    if obligation.due_at is None:
        return f"since {_near(obligation.made_at.astimezone(zone).date(), today)}"
    due = obligation.due_at.astimezone(zone)
    if obligation.due_at < now:
        return f"was due {_near(due.date(), today)}"
    return f"today by {due:%H:%M}" if due.date() == today else f"by {_near(due.date(), today)}"


def _near(day: dt.date, today: dt.date) -> str:
    """ "today", "Fri" within the next or last six days, else "Fri 4 Dec"."""
    if day == today:
        return "today"
    return f"{day:%a}" if abs(day - today) < WEEK else day_words(day)
