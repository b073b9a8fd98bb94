"""Figures of a sheet: adding one, changing what it holds, placing it in the text."""

import secrets
from typing import Any, Unpack

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from a3.actions.holding import NotAsSeen, kept
from a3.actions.sheets import said_otherwise
from a3.actions.steps import follow_steps
from a3.actions.twice import sent_before
from a3.entering import Fields
from a3.models import Figure, Section, Sheet
from a3.naming import with_people
from a3.sanitising import figures_in
from partners.models import Person

ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


GONE = "This sheet is not yours to write on any more, or it has other sections by now. Nothing was kept here."


class FigureConflict(Exception):
    """This figure was saved from elsewhere in the meantime; `figure` is as it is now."""

    def __init__(self, figure: Figure) -> None:
        super().__init__("This diagram was changed in the meantime.")
        self.figure = figure


@transaction.atomic
def add_figure(sheet: Sheet, *, kind: str, by: Person, **fields: Unpack[Fields]) -> Figure:
    """Keep a new figure with the sheet; it is seen once the text of a section places it. Its rows get ids that stay.

    Raises NotAsSeen. The same entered once more within a minute is one figure.
    """
    sheet = kept(sheet)
    fields["data"] = with_people(sheet, kind, fields["data"])
    if before := _added_before(sheet, kind, fields):
        return before
    fields["data"] = with_ids(fields["data"], known=set())
    return Figure.objects.create(sheet=sheet, kind=kind, changed_by=by, **fields)


@transaction.atomic
def save_figure(figure: Figure, *, revision: int, by: Person, **fields: Unpack[Fields]) -> int:
    """Write over the revision that was changed; returns the new one.

    Raises NotAsSeen when `by` may not write there any more, FigureConflict when it has another revision by now.
    The same sent twice, because an answer was lost on the way, is no conflict.
    """
    now = timezone.now()
    mine = Figure.objects.editable_by(by).filter(pk=figure.pk)
    known = {row["id"] for row in figure.data.get("rows", [])}
    fields["data"] = with_ids(with_people(figure.sheet, figure.kind, fields["data"]), known=known)
    changed = mine.filter(revision=revision).update(revision=F("revision") + 1, changed_at=now, changed_by=by, **fields)
    if not changed:
        found = mine.select_related("sheet__site", "sheet__partner", "changed_by").first()
        if found is None:
            raise NotAsSeen(GONE)
        return _already_saved(found, fields)
    said_otherwise(Sheet.objects.filter(pk=figure.sheet_id), at=now)
    follow_steps(figure.sheet_id)
    return revision + 1


@transaction.atomic
def place_figure(figure: Figure, *, section: int, by: Person) -> Section:
    """Put a figure at the end of a section's text: for browsers without scripts. One that stands there stays as it is.

    Raises NotAsSeen when `by` may not write there any more, or the sheet has no such section.
    """
    mine = Section.objects.editable_by(by).filter(sheet=figure.sheet_id)
    found = mine.select_for_update(of=("self",), no_key=True).filter(pk=section).first()
    if found is None:
        raise NotAsSeen(GONE)
    if figure.pk in found.figure_ids:
        return found
    found.body += f'<figure data-figure="{figure.pk}"></figure>'
    found.figure_ids = figures_in(found.body)
    found.revision += 1
    found.changed_at, found.changed_by = timezone.now(), by
    found.save()
    said_otherwise(Sheet.objects.filter(pk=figure.sheet_id), at=found.changed_at)
    follow_steps(figure.sheet_id)
    return found


def _added_before(sheet: Sheet, kind: str, fields: Fields) -> Figure | None:
    title, description = fields["title"], fields["description"]
    same = {"kind": kind, "title": title, "description": description, "revision": 0}
    before = sent_before(sheet.figures.all(), at="changed_at", **same)
    return before if before and _without_ids(before.data) == _without_ids(fields["data"]) else None


def with_ids(data: dict[str, Any], *, known: set[str]) -> dict[str, Any]:
    """Return the data with an id for each row: its own where it is one of `known`, else a new one."""
    given: set[str] = set()
    rows = []
    for row in data["rows"]:
        own = row["id"]
        number = own if own in known and own not in given else _new_id(known | given)
        given.add(number)
        rows.append(row | {"id": number})
    return data | {"rows": rows}


def _new_id(taken: set[str]) -> str:
    while (found := "".join(secrets.choice(ID_LETTERS) for _ in range(5))) in taken:
        pass
    return found


def _already_saved(figure: Figure, fields: Fields) -> int:
    same = (figure.title, figure.description) == (fields["title"], fields["description"])
    if not same or _without_ids(figure.data) != _without_ids(fields["data"]):
        raise FigureConflict(figure)
    return figure.revision


def _without_ids(data: dict[str, Any]) -> dict[str, Any]:
    rows = [{name: value for name, value in row.items() if name != "id"} for row in data.get("rows", [])]
    return data | {"rows": rows}
