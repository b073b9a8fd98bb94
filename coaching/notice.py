"""How much notice a partner gives when it calls a visit off or moves it, beside what its charter asks for."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from coaching.agreed import agreed_on
from coaching.charters import days_by_date, in_days, in_force
from coaching.models import CharterVersion, ShortNotice, Visit
from coaching.times import Slot
from partners.lib.calendars import day_words
from partners.models import Person


@dataclass(frozen=True)
class Notice:
    """What calling off some days of a confirmed visit means at this moment."""

    slot: Slot  # the time that both sides had confirmed
    version: CharterVersion  # of the charter that is in force when that begins
    first: dt.date  # of the days that are given up
    given: int  # days from today to it, on the site's calendar; below zero when it is past
    days: Decimal  # coach days that are given up
    by_lei: bool
    was_moved: bool  # by the partner since both sides had confirmed it

    @property
    def asked(self) -> int:
        return self.version.notice_days

    @property
    def is_short(self) -> bool:
        """Whether the days count as used all the same."""
        return not self.by_lei and self.given < self.asked

    @property
    def words(self) -> str:
        """For who is about to call it off: what the charter asks for, and what follows."""
        days = in_days(self.days)
        return self._said(
            f"Called off now, it counts against the coach days of the year all the same: {days}, unless LEI waives it."
        )

    @property
    def words_of_move(self) -> str:
        """For who is about to move it."""
        days = in_days(self.days)
        return self._said(
            f"Days that it gives up when it is moved now, here {days} at most, count against the coach days of the "
            "year all the same, unless LEI waives them."
        )

    def _said(self, follows: str) -> str:
        asks = f"the charter (version {self.version.number}) asks for {notice_words(self.asked)}"
        if self.given >= self.asked:
            until = day_words(self.first - dt.timedelta(days=self.asked), year=True)
            return f"Until {until} it can be called off or moved and nothing counts: {asks}."
        if self.by_lei:
            return f"{self._begins}, and {asks}. You do it for LEI: nothing counts against the partner’s coach days."
        return f"{self._begins}, and {asks}. {follows}"

    @property
    def _begins(self) -> str:
        if self.was_moved:
            soon = soon_words(self.given) if self.given >= 0 else "which is past"
            return f"Both sides had confirmed {day_words(self.first, year=True)}, {soon}"
        return f"It begins {soon_words(self.given)}" if self.given >= 0 else "It has begun"


def notice_of(visit: Visit, *, by: Person, kept: Iterable[dt.date] = ()) -> Notice | None:
    """How much notice `by` gives now; `kept` are days that the visit will take all the same.

    It is counted to the time that both sides confirmed last, as long as only the partner has moved it since. None where
    no notice is asked: there is no such time, no charter is in force when that begins, or no day of it is given up.
    Days are those of the site's calendar.
    """
    agreed = agreed_on(visit)
    given_up = {day: part for day, part in agreed.days.items() if day not in set(kept)} if agreed else {}
    if not agreed or not given_up:
        return None
    charter = in_force(visit.site.partner, on=Visit(**vars(agreed.slot)).first_day)
    if charter is None or charter.in_force is None:
        return None
    first, today = min(given_up), timezone.now().astimezone(visit.tzinfo).date()
    days = sum(given_up.values(), Decimal(0))
    was_moved = not visit.is_confirmed
    return Notice(agreed.slot, charter.in_force, first, (first - today).days, days, by.is_at_lei, was_moved)


def notice_of_move(visit: Visit, slot: Slot, *, by: Person) -> Notice | None:
    """The same for days of the visit that it will not take at its new time."""
    return notice_of(visit, by=by, kept=days_by_date(Visit(**vars(slot))))


def notice_words(days: int) -> str:
    """No notice; 1 day’s notice; 10 days’ notice."""
    return {0: "no notice", 1: "1 day’s notice"}.get(days, f"{days} days’ notice")


def soon_words(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def ahead_words(days: int) -> str:
    """When it was called off: 3 days ahead."""
    if days < 0:
        return "after it had begun"
    return {0: "on the day itself", 1: "1 day ahead"}.get(days, f"{days} days ahead")


def missed(late: ShortNotice) -> str:
    """Called off 3 days ahead; version 2 of the charter asks for 10 days’ notice. Comes with its version."""
    asks = f"version {late.version.number} of the charter asks for {notice_words(late.days_asked)}"
    return f"{late.get_deed_display()} {ahead_words(late.days_given)}; {asks}."


def counted(late: ShortNotice) -> str:
    """What follows: 2 days of the charter count as used all the same."""
    count = in_days(late.days)
    verb = "counts" if late.days <= 1 else "count"
    return f"{count[0].upper()}{count[1:]} of the charter {verb} as used all the same."


def consequence(late: ShortNotice) -> str:
    """What follows for the days of the charter, as it is now."""
    return f"LEI has waived it: {late.waive_reason}" if late.waived_at else counted(late)
