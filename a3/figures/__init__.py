"""Figures of a sheet: what was entered in a table, drawn as SVG, the same on page, phone, in dark mode and on paper.

`KINDS` says what each kind asks for; `parse` understands what was entered or says beside each cell what to change;
`draw` and `table` show it, `entered` is for comparing. Nothing here knows the database.
"""

import datetime as dt
import re
from html import escape
from typing import Any, NotRequired, Protocol, TypedDict, Unpack

from django.utils.safestring import SafeString

from a3.figures import (
    before_after,
    countermeasures,
    fishbones,
    listing,
    measures,
    paretos,
    plans,
    run_charts,
    trends,
    whys,
)
from a3.figures.kinds import Asked, Column, Drawn, Kind, Number, Parsed, Row, Table, Who, plain
from a3.figures.parsing import UNSEEN, BadFigure, parse_as

__all__ = [
    "KINDS",
    "BadFigure",
    "Column",
    "Kind",
    "Number",
    "Parsed",
    "Row",
    "Table",
    "Who",
    "draw",
    "entered",
    "parse",
    "table",
]


NOTHING = '<p class="nothing">Nothing entered yet.</p>'


class Words(TypedDict):
    """What a figure is called, and for whom it is drawn; `uid` makes the ids of this drawing unique on the page."""

    title: str
    description: str
    uid: str
    today: dt.date
    on_paper: NotRequired[bool]


class Drawer(Protocol):
    """A module of one kind."""

    KIND: Kind

    def table(self, parsed: Parsed) -> Table: ...

    def drawn(self, parsed: Parsed, asked: Asked) -> Drawn: ...


MODULES: tuple[Drawer, ...] = (
    run_charts,
    paretos,
    fishbones,
    whys,
    countermeasures,
    plans,
    measures,
    trends,
    before_after,
)
DRAWERS = {drawer.KIND.slug: drawer for drawer in MODULES}
KINDS: dict[str, Kind] = {slug: drawer.KIND for slug, drawer in DRAWERS.items()}


def parse(slug: str, data: object) -> Parsed:
    """Return `data` ({"options": {...}, "rows": [...]}) understood. Raises BadFigure with every error at once."""
    return parse_as(KINDS[slug], data)


def table(slug: str, parsed: Parsed) -> Table:
    """Return the figure as words in rows."""
    return DRAWERS[slug].table(parsed)


def entered(slug: str, parsed: Parsed, *, title: str, description: str) -> dict[str, str]:
    """Return all that was entered, by the name of its field, as safe HTML: for telling two states apart."""
    options = {column.label: _shown(column, parsed.options[column.name]) for column in KINDS[slug].options}
    words = {"Title": title, "Description": description} | options
    return {name: escape(_line(text)) for name, text in words.items()} | {"Rows": listing.grid(table(slug, parsed))}


def _shown(column: Column, value: Any) -> str:
    text = str(plain(value) or "")
    return dict(column.choices).get(text, text)


def draw(slug: str, parsed: Parsed, **words: Unpack[Words]) -> SafeString:
    """Return the whole `<figure>`: caption, drawing with its text alternative, and the list that says the same.

    On paper one of the two is enough: the drawing, or the list of what has none.
    """
    title, description = _line(words["title"]), _line(words["description"])
    name = title or KINDS[slug].name
    uid = re.sub(r"[^A-Za-z0-9_-]", "-", words["uid"])
    shown = DRAWERS[slug].drawn(parsed, Asked(name, words["today"], uid, description))
    caption = f"<figcaption>{_caption(title, description)}</figcaption>" if title or description else ""
    drawing = f'<div class="fig-drawn">{shown.svg}</div>' if shown.svg else ""
    small = f'<div class="fig-small">{shown.small}</div>' if shown.small else ""
    listing = shown.listing if parsed.rows else NOTHING
    if drawing and words.get("on_paper"):
        small = listing = ""
    classes = " ".join(["fig", f"fig-{slug}", *shown.classes, *(["has-small"] if small else [])])
    return SafeString(f'<figure class="{classes}">{caption}{drawing}{small}{listing}</figure>')


def _caption(title: str, description: str) -> str:
    rest = f"<span>{escape(description)}</span>" if description else ""
    return f"{escape(title)} {rest}".strip()


def _line(text: str) -> str:
    return " ".join(UNSEEN.sub(" ", text).split())
