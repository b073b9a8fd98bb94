"""What the page of a charter shows besides its text: its state, its days, its years with what was written on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from coaching.charters import Days, days_in_words, days_of_years
from coaching.models import Charter, CharterVersion, Reflection
from coaching.models.charters import CharterQuerySet, Year, today
from coaching.terms import changes, terms_of
from partners.lib.calendars import day_words
from partners.models.claims import trimmed

WIDTH = 1000  # of the bar, in its own units


@dataclass(frozen=True)
class Part:
    """One part of the bar of days: what it counts, how many, where it stands."""

    name: str
    days: str
    start: str
    width: str


@dataclass(frozen=True)
class YearLine:
    """A year of the charter that has begun, with what each side wrote about it."""

    year: Year
    days: Days
    is_now: bool
    written: dict[str, Reflection]

    @property
    def words(self) -> str:
        return days_in_words(self.days)

    @property
    def bar(self) -> list[Part]:
        return bar_of(self.days)


def with_proposals(charters: CharterQuerySet) -> CharterQuerySet:
    """Each comes with what is proposed of it, for `proposal_of` and `state_of`."""
    return charters.select_related("partner").prefetch_related(
        Prefetch("versions", CharterVersion.objects.proposed(), to_attr="proposals")
    )


def proposal_of(charter: Charter) -> CharterVersion | None:
    found: list[CharterVersion] = getattr(charter, "proposals", None) or list(charter.versions.proposed())
    return next(iter(found), None)


def state_of(charter: Charter) -> str:
    """The state of a charter in one sentence."""
    last = day_words(charter.last_on, year=True)
    if charter.ended_at and not charter.in_force_id:
        return f"Withdrawn: {charter.end_reason}"
    if charter.ended_at:
        return f"{'Ended' if charter.has_ended else 'Ends'} on {last}: {charter.end_reason}"
    if charter.in_force_id:
        return f"Over since {last}." if charter.has_ended else f"In force until {last}."
    proposed = proposal_of(charter)
    missing = " and ".join(proposed.missing) if proposed else "both sides"
    return f"Proposed: waits for {missing} to acknowledge it."


def bar_of(days: Days) -> list[Part]:
    """Used, planned, tentative, and what would then be free; a part without days is not there."""
    amounts = {"used": days.used, "planned": days.planned, "tentative": days.tentative}
    amounts["free"] = max(days.left - days.tentative, Decimal(0))
    whole = sum(amounts.values()) or Decimal(1)
    parts, start = [], Decimal(0)
    for name, amount in amounts.items():
        if amount:
            width = amount * WIDTH / whole
            parts.append(Part(name, trimmed(amount), f"{start:.1f}", f"{width:.1f}"))
            start += width
    return parts


def years_of(charter: Charter, reflections: Iterable[Reflection]) -> list[YearLine]:
    """The years that have begun, the last one first."""
    written: dict[int, dict[str, Reflection]] = {}
    for reflection in reflections:
        written.setdefault(reflection.year, {})[reflection.side] = reflection
    now = today()
    begun = [(charter, year) for year in charter.years() if year.begins_on <= now]
    lines = [YearLine(d.year, d, d.year.holds(now), written.get(d.year.number, {})) for d in days_of_years(begun)]
    return lines[::-1]


def next_reflection(charter: Charter) -> str:
    """February 2027: when the year that runs ends; "" when none does."""
    year = charter.year_of(today())
    return f"{year.last_on:%B %Y}" if year else ""


def page_of_charter(charter: Charter) -> dict[str, Any]:
    """All that the page shows: the text in force, or the one proposed as long as none was, and what happened."""
    versions = list(charter.versions.for_page())
    proposed = next((version for version in versions if version.is_proposed), None)
    shown = next((version for version in versions if version.pk == charter.in_force_id), versions[0])
    other = proposed if proposed != shown else None
    years = years_of(charter, charter.reflections.select_related("written_by")) if charter.in_force else []
    return {
        "version": shown,
        "terms": terms_of(shown),
        "state": state_of(charter),
        "proposed": other,
        "changes": changes(terms_of(shown), terms_of(other)) if other else [],
        "versions": versions,
        "years": years,
        "now": next((line for line in years if line.is_now), None),
        "next_reflection": next_reflection(charter),
        "renewal": charter.renewals.filter(ended_at__isnull=True).first(),
    }
