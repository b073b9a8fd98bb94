"""A figure as a table of inputs: read from what came in, shown again with each error beside its cell.

Names of inputs: `o.unit` is an option, `row` says the keys of the rows in their order, `k3f9.value` is a cell. A row
that was saved before has its id as key; new ones have any other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.utils.datastructures import MultiValueDict

from a3 import figures
from a3.figures import BadFigure, Column, Parsed
from a3.models import Figure

MOST_ROWS = 120
MOST_CHARACTERS = 1000  # of one cell
BLANK_ROWS = 3  # offered below an empty table
ISO = re.compile(r"\d{4}-\d\d-\d\d")
KEY = re.compile(r"[a-z0-9]{1,12}")
NEW = "new"


class Fields(TypedDict):
    """What somebody entered; `data` has passed `a3.figures.parse`."""

    title: str
    description: str
    data: dict[str, Any]


@dataclass
class Cell:
    """One input: `name` is that of the form, `value` what stands in it as text."""

    name: str
    column: Column
    value: str = ""
    error: str = ""

    @property
    def input_type(self) -> str:
        """What HTML calls it; a date that a browser would not show stays to be seen as text."""
        return "date" if self.column.type == "date" and (not self.value or ISO.fullmatch(self.value)) else "text"

    @property
    def id(self) -> str:
        return f"c-{self.name.replace('.', '-')}"


@dataclass
class Row:
    key: str
    cells: list[Cell]

    @property
    def is_blank(self) -> bool:
        return not any(cell.value for cell in self.cells)


@dataclass
class Entry:
    """What stands in the form of one figure."""

    kind: str
    title: str = ""
    description: str = ""
    options: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    clean: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> Fields:
        """What to save, once `understand` has found nothing wrong."""
        return {"title": self.title, "description": self.description, "data": self.clean}

    @property
    def asks_who(self) -> bool:
        return any(column.type == "who" for column in self.type.columns)

    @property
    def type(self) -> figures.Kind:
        return figures.KINDS[self.kind]

    @property
    def sentences(self) -> list[str]:
        """What is wrong, in words, wherever it stands."""
        cells = [*self.options, *(cell for row in self.rows for cell in row.cells)]
        return [*self.errors, *(cell.error for cell in cells if cell.error)]

    @property
    def template_row(self) -> Row:
        """What a new row looks like; the page puts a key of its own for this one."""
        return _row(self.type, "__key__", {})

    @property
    def data(self) -> dict[str, Any]:
        """As it was typed; rows in which nothing stands are left out."""
        rows = [{"id": row.key} | _typed(row.cells) for row in self.filled]
        return {"options": _typed(self.options), "rows": rows}

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.is_blank]

    def understand(self) -> Parsed | None:
        """Return the data understood, or None after putting each error beside its cell."""
        if not self.filled:
            self.errors.append("Nothing stands in the table yet. Fill in a row, then save.")
            return None
        try:
            parsed = figures.parse(self.kind, self.data)
        except BadFigure as bad:
            self._refuse(bad.errors)
            return None
        self.clean = parsed.as_data()
        return parsed

    def _refuse(self, found: Iterable[tuple[int | None, str, str]]) -> None:
        rows = self.filled
        for number, name, sentence in found:
            cells = self.options if number is None else rows[number].cells if number < len(rows) else []
            cell = next((cell for cell in cells if cell.column.name == name), None)
            if cell:
                cell.error = sentence
            else:
                self.errors.append(sentence)


def blank(kind: str) -> Entry:
    """An empty table with a few rows to begin with."""
    return _with_rows(Entry(kind, options=_cells(figures.KINDS[kind].options, "o", {})))


def kept(figure: Figure) -> Entry:
    """What was saved, to change it."""
    kind = figures.KINDS[figure.kind]
    rows = [_row(kind, str(row["id"]), row) for row in figure.data.get("rows", [])]
    options = _cells(kind.options, "o", figure.data.get("options", {}))
    return Entry(figure.kind, figure.title, figure.description, options, rows)


def received(kind: str, post: "MultiValueDict[str, str]") -> Entry:
    """What came in, whatever it is: too much is cut, keys that are none of ours are new rows."""
    type_ = figures.KINDS[kind]
    keys = list(dict.fromkeys(key for key in post.getlist("row")[:MOST_ROWS] if KEY.fullmatch(key)))
    sent = {name: _clean(str(value)) for name, value in post.items()}
    return Entry(
        kind,
        _clean(post.get("title", ""))[:120],
        _clean(post.get("description", ""))[:600],
        [_cell(column, f"o.{column.name}", sent.get(f"o.{column.name}", "")) for column in type_.options],
        [
            Row(key, [_cell(c, f"{key}.{c.name}", sent.get(f"{key}.{c.name}", "")) for c in type_.columns])
            for key in keys
        ],
    )


def rearranged(entry: Entry, deed: str) -> Entry:
    """Do what a button of the table says, for browsers without scripts: "add", "up:k3f9", "down:k3f9", "away:k3f9"."""
    verb, _, key = deed.partition(":")
    at = next((number for number, row in enumerate(entry.rows) if row.key == key), None)
    if verb == "add":
        entry.rows.append(_row(entry.type, _fresh_key(entry.rows), {}))
    elif at is not None and verb == "away":
        del entry.rows[at]
    elif at is not None:
        to = min(max(at + (-1 if verb == "up" else 1), 0), len(entry.rows) - 1)
        entry.rows.insert(to, entry.rows.pop(at))
    return entry


def _with_rows(entry: Entry) -> Entry:
    for _ in range(BLANK_ROWS):
        entry.rows.append(_row(entry.type, _fresh_key(entry.rows), {}))
    return entry


def _fresh_key(rows: list[Row]) -> str:
    taken = {row.key for row in rows}
    return next(key for number in range(1, MOST_ROWS + 2) if (key := f"{NEW}{number}") not in taken)


def _row(kind: figures.Kind, key: str, values: Mapping[str, Any]) -> Row:
    return Row(key, _cells(kind.columns, key, values))


def _cells(columns: Iterable[Column], key: str, values: Mapping[str, Any]) -> list[Cell]:
    return [_cell(column, f"{key}.{column.name}", as_text(values.get(column.name))) for column in columns]


def _cell(column: Column, name: str, value: str) -> Cell:
    return Cell(name, column, value)


def as_text(value: Any) -> str:
    """A kept value as it stands in its input."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, list):
        return " ".join(map(as_text, value))
    return str(value)


def _typed(cells: Iterable[Cell]) -> dict[str, str]:
    return {cell.column.name: cell.value for cell in cells}


def _clean(text: str) -> str:
    """What a database can keep, on one line."""
    return " ".join(text.replace("\x00", "")[:MOST_CHARACTERS].split())
