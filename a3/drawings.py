"""The figures of a sheet, drawn where its text places them. A number that is none of this sheet's draws nothing."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Self

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from a3 import figures
from a3.entering import Entry
from a3.figures.pictures import as_pictures
from a3.models import Figure, Round, Section
from a3.sanitising import PLACE, figures_in

CANNOT = "This diagram cannot be drawn any more as it was entered: open it, and look at what is marked there."


class Drawings:
    """What a sheet has drawn, by number: each {"kind", "title", "description", "data"}, as a round keeps it too."""

    def __init__(self, kept: Mapping[str, Mapping[str, Any]], *, today: dt.date, name: str = "figure") -> None:
        self.kept = kept
        self.today = today
        self.name = name  # told apart on a page that shows two states of one figure

    @classmethod
    def of(cls, rows: Iterable[Figure], *, today: dt.date) -> Self:
        return cls(kept_of(rows), today=today)

    def placed_in(self, html: str) -> str:
        """Return sanitised text with a drawing in each place of a figure."""
        return PLACE.sub(lambda match: self.drawn(match[1]), html) if "<figure" in html else html

    def drawn(self, number: str) -> SafeString:
        """One figure as page, phone and paper show it; nothing for a number that is not of this sheet."""
        found = self.kept.get(number)
        if found is None:
            return SafeString("")
        return self._set(json.dumps(found), f"{self.name}-{number}")

    def _set(self, kept: str, uid: str) -> SafeString:
        return _drawn(kept, uid, self.today)


class PaperDrawings(Drawings):
    """On paper each drawing is a picture of its own (`pictures`, by address), and title and description its words.

    WeasyPrint would else read every stroke as HTML, look for its style, and tell readers the title alone.
    """

    def __init__(self, kept: Mapping[str, Mapping[str, Any]], *, today: dt.date) -> None:
        super().__init__(kept, today=today)
        self.pictures: dict[str, bytes] = {}

    def _set(self, kept: str, uid: str) -> SafeString:
        return as_pictures(_drawn(kept, uid, self.today, on_paper=True), self._keep)

    def _keep(self, drawing: str) -> str:
        address = f"print:drawing-{len(self.pictures) + 1}.svg"
        self.pictures[address] = drawing.encode()
        return address


@lru_cache(maxsize=512)
def _drawn(kept: str, uid: str, today: dt.date, *, on_paper: bool = False) -> SafeString:
    """Drawing takes a millisecond, and a sheet is read far more often than it is changed: some 4 MB are kept."""
    found = json.loads(kept)
    try:
        parsed = figures.parse(found["kind"], found["data"])
    except figures.BadFigure:
        return format_html('<p class="nothing">{}</p>', CANNOT)
    title, description = found["title"], found["description"]
    return figures.draw(
        found["kind"], parsed, title=title, description=description, uid=uid, today=today, on_paper=on_paper
    )


def drawn_of(entry: Entry, *, today: dt.date) -> SafeString:
    """Draw what stands in a form; nothing, and the errors beside their cells, when it cannot be drawn."""
    parsed = entry.understand()
    if parsed is None:
        return SafeString("")
    return figures.draw(
        entry.kind, parsed, title=entry.title, description=entry.description, uid="preview", today=today
    )


def kept_of(rows: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Return figures as a round keeps them."""
    return {
        str(row.pk): {"kind": row.kind, "title": row.title, "description": row.description, "data": row.data}
        for row in rows
    }


def figures_of(sections: Iterable[Section]) -> list[Figure]:
    """Return the figures that stand in sections of one sheet: one query, none where no text places any."""
    sections = list(sections)
    numbers = {number for section in sections for number in figures_in(section.body)}
    if not numbers:
        return []
    return list(Figure.objects.filter(sheet=sections[0].sheet_id, pk__in=numbers))


def drawings_in(sections: Iterable[Section]) -> Drawings:
    """Return what to draw in sections of one sheet today, as the reader counts days."""
    return Drawings.of(figures_of(sections), today=timezone.localdate())


def drawings_of_round(frozen: Round) -> Drawings:
    """Return what a round kept, drawn as on the day it was handed over; rounds without figures have no such key."""
    return Drawings(frozen.content.get("figures", {}), today=timezone.localdate(frozen.handed_over_at))
