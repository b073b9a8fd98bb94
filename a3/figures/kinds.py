"""What a kind of figure is made of: its columns, its options, and the data somebody entered once it is understood."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Fault = tuple[int | None, str, str]  # index of the row or None for an option, field, sentence
SHORT = 24  # characters of a text
CellType = Literal["text", "number", "date", "choice", "who", "flag", "numbers"]


@dataclass(frozen=True)
class Column:
    """One column of a kind's table, or one of its options.

    `choices` are pairs of what is stored and what is read, the first of them `default` where nothing chosen means it;
    `most` caps the characters of a text; `least` is the smallest number.
    """

    name: str
    label: str
    type: CellType = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    help: str = ""
    most: int = 160
    least: int | None = None

    @property
    def looks(self) -> str:
        """What its cells are called in the style sheet: as wide as what stands in them."""
        return f"is-{self.type} is-short" if self.type == "text" and self.most <= SHORT else f"is-{self.type}"

    @property
    def is_broad(self) -> bool:
        """As an option it is given twice the room: what is written there is some words long."""
        return self.type == "text" and self.most > SHORT


@dataclass(frozen=True)
class Kind:
    """A kind of figure: what it is called, what it is for, and what is entered; `check` looks at rows together."""

    slug: str
    name: str
    hint: str
    columns: tuple[Column, ...]
    options: tuple[Column, ...] = ()
    most_rows: int = 40
    check: "Callable[[Parsed], list[Fault]] | None" = None

    @property
    def is_small(self) -> bool:
        """Whether it can be drawn half as wide as its section."""
        return SIZE in self.options


@dataclass(frozen=True)
class Number:
    """A number and how it was written."""

    value: Decimal
    text: str

    def __float__(self) -> float:
        return float(self.value)


@dataclass(frozen=True)
class Who:
    """Somebody named in a cell: a person of the partner, or plain words ("team")."""

    name: str
    person: int | None = None


@dataclass(frozen=True)
class Row:
    """One row that says something; a blank cell is None. `index` is its place in what was entered."""

    id: str
    index: int
    cells: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.cells[name]


@dataclass(frozen=True)
class Parsed:
    """Data of one figure that can be drawn."""

    kind: str
    options: Mapping[str, Any]
    rows: tuple[Row, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the same as plain JSON: texts trimmed, dates as 2026-11-22, numbers as they were written."""
        return {
            "options": {name: plain(value) for name, value in self.options.items() if value is not None},
            "rows": [
                {"id": row.id, **{name: plain(value) for name, value in row.cells.items() if value is not None}}
                for row in self.rows
            ],
        }


@dataclass(frozen=True)
class Table:
    """The same data as words in rows: for a reader's software, the phone and the comparison of two rounds."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Asked:
    """What a drawing is asked for beside its data; `description` is what a person wrote about it, if anything."""

    title: str
    today: dt.date
    uid: str
    description: str = ""

    def words_for(self, told: str) -> str:
        """What is read instead of the drawing: a person's words, or what is told from the data."""
        return self.description or told


@dataclass
class Drawn:
    """One drawing: what it shows in words, the list or table that says the same, the mark-up (may be ""), and
    a smaller one for the phone when this one would be too small to read there."""

    said: str
    listing: str
    svg: str = ""
    small: str = ""
    classes: list[str] = field(default_factory=list)


def plain(value: Any) -> Any:
    """Return a parsed value as JSON holds it."""
    match value:
        case Number():
            return value.text
        case Who():
            return {"person": value.person, "name": value.name}
        case dt.date():
            return value.isoformat()
        case tuple():
            return "; ".join(number.text for number in value)
        case _:
            return value


SIZE = Column(
    "size",
    "Width",
    "choice",
    choices=(("half", "Half the section"), ("full", "The whole section")),
    default="half",
    help="Two halves stand side by side.",
)
UNIT = Column("unit", "Unit", most=12, help="h, days, %, patients")
