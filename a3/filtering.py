"""Narrowing the list of sheets to what its address asks for, and saying in words what that is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.http import urlencode

from a3.models import State
from a3.models.sheets import SheetQuerySet
from partners.models import Assignment, Level, Partner, Person

WORDS = {"partner": "Partner", "site": "Site", "owner": "Owner", "coach": "Coach", "ball": "Turn of"}
PLAIN = {"stale": "Held for more than 3 days", "archived": "From the archive"}


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the rest of the address without it."""

    words: str
    without: str


def narrowed(sheets: SheetQuerySet, chosen: dict[str, Any], *, reader: Person, now: dt.datetime) -> SheetQuerySet:
    """Return those of `sheets` that fit all of what was `chosen`; the archive only when it is asked for."""
    sheets = _where(sheets, chosen, reader)
    sheets = sheets.archived() if chosen.get("archived") else sheets.kept()
    sheets = sheets.filter(**{name: chosen[name] for name in (*WORDS, "state") if name in chosen})
    if "show" in chosen:
        sheets = sheets.filter(**{"owner" if chosen["show"] == "mine" else "ball": reader})
    if "stale" in chosen:
        sheets = sheets.stale(now)
    if "level" in chosen:
        held = Assignment.objects.current().filter(person=OuterRef("owner"), site=OuterRef("site"))
        sheets = sheets.filter(Exists(held.filter(level=chosen["level"])))
    return sheets


def _where(sheets: SheetQuerySet, chosen: dict[str, Any], reader: Person) -> SheetQuerySet:
    """The same sheets, with the partner they are all of said by its number where there is but one.

    Then PostgreSQL reads the newest from the index of that partner. Of a partner that only a subquery tells it
    would read all sheets and sort them, however many.
    """
    if "site" in chosen:
        return sheets.filter(partner=chosen["site"].partner_id)
    if reader.is_at_lei or "partner" in chosen:
        return sheets
    own = Partner.objects.filter(pk__in=reader.works_at()).order_by().values_list("pk", flat=True)[:2]
    return sheets.filter(partner=own[0]) if len(own) == 1 else sheets


def address(chosen: dict[str, Any]) -> str:
    """What stands behind the question mark for these filters, always in the same order."""
    return urlencode([(name, _value(value)) for name, value in chosen.items()])


def chips(chosen: dict[str, Any]) -> list[Chip]:
    """One for each filter that is on; whose sheets they are is said by the tabs above."""
    return [
        Chip(_words(name, value), address({other: chosen[other] for other in chosen if other != name}))
        for name, value in chosen.items()
        if name != "show"
    ]


def _value(value: Any) -> Any:
    return getattr(value, "pk", "on" if value is True else value)


def _words(name: str, value: Any) -> str:
    if name == "state":
        return f"State: {State(value).label}"
    if name == "level":
        return f"Owner's level: {Level(value).label}"
    return PLAIN.get(name) or f"{WORDS[name]}: {value}"
