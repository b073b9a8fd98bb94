"""What two sides agree on in a charter, and what changed from one version to another, in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.html import escape

from a3.comparing import Comparer
from coaching.models import CharterVersion
from partners.lib.calendars import day_words
from partners.models import Person, Site
from partners.models.claims import trimmed

QUESTIONS = {
    "purpose": "What is the purpose?",
    "alignment": "Is it aligned with the strategic priorities of the business?",
    "right_things": "Are we working on the right things for the right customer at the right time?",
}
TEXTS = QUESTIONS | {"confidential": "What is confidential"}
LISTS = {"sites": "Sites", "change_agents": "Change agents", "coaches": "Coaches"}


@dataclass(frozen=True)
class Terms:
    """All that a version says."""

    purpose: str
    alignment: str
    right_things: str
    sites: tuple[Site, ...]
    sponsor: Person | None
    change_agents: tuple[Person, ...]
    coaches: tuple[Person, ...]
    days_per_year: Decimal
    cadence: str
    notice_days: int
    confidential: str
    begins_on: dt.date
    ends_on: dt.date

    @property
    def single(self) -> dict[str, Any]:
        """What stands in the version's own row; the rest are lists."""
        return {name: value for name, value in self.by_name.items() if name not in LISTS}

    @property
    def by_name(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Change:
    """One thing that is different: a sentence, or a text with what went and what came marked in `html`."""

    name: str
    words: str = ""
    html: str = ""


def as_terms(values: Mapping[str, Any]) -> Terms:
    """Read terms from values by name; people and sites come in the order of their names."""
    lists = {name: _by_name(values[name]) for name in LISTS}
    return Terms(**{field.name: values[field.name] for field in fields(Terms)} | lists)


def terms_of(version: CharterVersion) -> Terms:
    """Read a version that comes with its lists (`for_page`)."""
    lists = {name: getattr(version, name).all() for name in LISTS}
    return as_terms({field.name: getattr(version, field.name) for field in fields(Terms)} | lists)


def _by_name(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=lambda row: (row.sort_name, row.pk)))


def changes(before: Terms, after: Terms) -> list[Change]:
    """Return what is different in `after`, in the order in which a charter is read."""
    found = [_text(name, before, after) for name in QUESTIONS] + [_list(name, before, after) for name in LISTS]
    found += [_fact(fact, before, after) for fact in FACTS]
    found.append(_text("confidential", before, after))
    return [change for change in found if change]


def _text(name: str, before: Terms, after: Terms) -> Change | None:
    then, now = getattr(before, name), getattr(after, name)
    if then == now:
        return None
    return Change(TEXTS[name], html=Comparer().compare(_paragraphs(then), _paragraphs(now)))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _list(name: str, before: Terms, after: Terms) -> Change | None:
    then, now = getattr(before, name), getattr(after, name)
    came = ", ".join(row.name for row in now if row not in then)
    went = ", ".join(row.name for row in then if row not in now)
    said = [f"{came} joined" if came else "", f"{went} no longer named" if went else ""]
    words = "; ".join(word for word in said if word)
    return Change(LISTS[name], f"{words}.") if words else None


type Fact = tuple[str, Callable[[Terms], str]]


def _fact(fact: Fact, before: Terms, after: Terms) -> Change | None:
    name, words = fact
    then, now = words(before), words(after)
    return Change(name, f"{now or 'nobody'}, was {then or 'nobody'}.") if then != now else None


FACTS: tuple[Fact, ...] = (
    ("Sponsor", lambda terms: terms.sponsor.name if terms.sponsor else ""),
    ("Coach days a year", lambda terms: trimmed(terms.days_per_year)),
    ("Rhythm", lambda terms: f"“{terms.cadence}”"),
    ("Notice", lambda terms: f"{terms.notice_days} days"),
    ("First day", lambda terms: day_words(terms.begins_on, year=True)),
    ("Last day", lambda terms: day_words(terms.ends_on, year=True)),
)
