"""Understand what was typed or pasted into the table of a figure, or say beside each cell what to change."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from a3.figures.kinds import CellType, Column, Fault, Kind, Number, Parsed, Row, Who

MOST_DIGITS = 15
MOST_NUMBERS = 60  # in one cell
MOST_RAW = 4000  # characters of one cell before it is looked at
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+")
SPACES = re.compile(r"[\s\u2009\u202f'’]")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
DAY_FIRST = re.compile(r"(?:[a-z]{2,9},? )?(\d{1,2})\.? ?([a-z]{3,9}|\d{1,2}\.) ?(\d{4})", re.IGNORECASE)
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YES = {"yes", "y", "x", "true", "1", "on", "✓", "done"}
NO = {"no", "n", "false", "0", "off", "-"}
ID = re.compile(r"[A-Za-z0-9_-]{1,24}")


class BadFigure(Exception):
    """The data cannot be drawn; `errors` holds (index of the row or None for an option, field, sentence)."""

    def __init__(self, errors: list[Fault]) -> None:
        super().__init__("; ".join(sentence for _, _, sentence in errors))
        self.errors = errors


class Unclear(ValueError):
    """One cell is not understood; the sentence says what to write."""


def parse_as(kind: Kind, data: object) -> Parsed:
    """Return the data of one figure understood, blank rows left out. Raises BadFigure with every error at once."""
    options, rows = _parts(data)
    if len(rows) > kind.most_rows:
        much = f"These are {len(rows)} rows; {kind.name.lower()} holds {kind.most_rows} at most. Take some out."
        raise BadFigure([(None, "rows", much)])
    errors: list[Fault] = []
    understood = _cells(kind.options, options, None, errors)
    kept = []
    for index, raw in enumerate(rows):
        if not isinstance(raw, Mapping):
            errors.append((index, "rows", "This row is not readable. Take it out and enter it again."))
        elif any(_filled(raw.get(column.name)) for column in kind.columns):
            kept.append(Row(_row_id(raw, index), index, _cells(kind.columns, raw, index, errors)))
    parsed = Parsed(kind.slug, understood, tuple(kept))
    if not errors and kind.check:
        errors = kind.check(parsed)
    if errors:
        raise BadFigure(errors)
    return parsed


def _parts(data: object) -> tuple[Mapping[str, Any], list[Any]]:
    options = data.get("options") or {} if isinstance(data, Mapping) else None
    rows = data.get("rows") or [] if isinstance(data, Mapping) else None
    if not isinstance(options, Mapping) or not isinstance(rows, list):
        raise BadFigure([(None, "rows", "This table is not readable. Enter it again.")])
    return options, rows


def _row_id(raw: Mapping[str, Any], index: int) -> str:
    given = str(raw.get("id") or "")
    return given if ID.fullmatch(given) else f"r{index + 1}"


def _filled(value: object) -> bool:
    if isinstance(value, Mapping):
        return _filled(value.get("name"))
    if isinstance(value, str):
        return bool(UNSEEN.sub("", value).strip())
    return value not in (None, False, [])


def _cells(
    columns: tuple[Column, ...],
    raw: Mapping[str, Any],
    index: int | None,
    errors: list[Fault],
) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column in columns:
        try:
            cells[column.name] = cell(column, raw.get(column.name))
        except Unclear as unclear:
            errors.append((index, column.name, str(unclear)))
    return cells


def cell(column: Column, raw: object) -> Any:
    """Return what one cell says, None when it is blank. Raises Unclear."""
    if not _filled(raw):
        if column.required:
            raise Unclear(f"{column.label} is missing. Fill it in, or empty the whole row.")
        return False if column.type == "flag" else None
    return READERS[column.type](raw, column)


def cleaned(raw: object) -> str:
    """Return what was typed in one line, without what cannot be seen."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Unclear("This cell is not readable. Write it again.")
    text = str(raw)
    if len(text) > MOST_RAW:
        raise Unclear("This cell is far too long. Shorten it.")
    return " ".join(UNSEEN.sub(" ", text).split())


def _text(raw: object, column: Column) -> str:
    text = cleaned(raw)
    if len(text) > column.most:
        raise Unclear(f"These are {len(text)} characters; {column.most} fit here. Shorten it.")
    return text


def _who(raw: object, column: Column) -> Who:
    if not isinstance(raw, Mapping):
        return Who(_text(raw, column))
    person = raw.get("person")
    return Who(_text(raw.get("name"), column), person if type(person) is int else None)


def _flag(raw: object, _: Column) -> bool:
    if isinstance(raw, bool):
        return raw
    text = cleaned(raw)
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise Unclear("Write yes or no.")


def _choice(raw: object, column: Column) -> str:
    text = cleaned(raw)
    for value, label in column.choices:
        if text.lower() in {value.lower(), label.lower()}:
            return value
    raise Unclear(f"Choose one of: {', '.join(label for _, label in column.choices)}.")


def _numbers(raw: object, _: Column) -> tuple[Number, ...]:
    parts = raw if isinstance(raw, list) else re.split(r"[;\t|]+|\s+", _spaced(cleaned(raw)))
    numbers = tuple(number(cleaned(part)) for part in parts if _filled(part))
    if len(numbers) > MOST_NUMBERS:
        raise Unclear(f"These are {len(numbers)} numbers; {MOST_NUMBERS} fit here. Keep the latest.")
    return numbers


def _spaced(text: str) -> str:
    """A comma followed by a blank divides; one between digits belongs to the number."""
    return re.sub(r",(?=\s|$)", ";", text)


def _number(raw: object, column: Column) -> Number:
    found = number(cleaned(raw))
    if column.least is not None and found.value < column.least:
        raise Unclear(f"Write a number of {column.least} or more.")
    return found


def number(text: str) -> Number:
    """Return a number written as 4,6 or 4.6 or 1,250; a percent sign is left out. Raises Unclear."""
    bare = SPACES.sub("", text.removesuffix("%")).replace("−", "-").replace("–", "-")
    if THOUSANDS.fullmatch(bare) or bare.rfind(".") > bare.rfind(",") > 0:
        bare = bare.replace(",", "")
    elif "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    if not PLAIN.fullmatch(bare):
        raise Unclear("Write a number alone, such as 4.6 or 4,6; the unit has its own field.")
    if sum(char.isdigit() for char in bare) > MOST_DIGITS:
        raise Unclear(f"A number may have {MOST_DIGITS} digits at most. Choose a larger unit.")
    try:
        value = Decimal(bare)
    except InvalidOperation as error:  # digits of other scripts in odd places
        raise Unclear("Write a number alone, such as 4.6 or 4,6.") from error
    return Number(value, text.removesuffix("%").strip())


def _date(raw: object, _: Column) -> dt.date:
    found = day(cleaned(raw))
    if found is None:
        raise Unclear("Write the date as 2026-11-22 or 22 Nov 2026.")
    return found


@lru_cache(maxsize=4096)
def day(text: str) -> dt.date | None:
    """Return the date that `text` names beyond doubt (11/12/2026 could be two), else None."""
    try:
        if match := ISO.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := DAY_FIRST.fullmatch(text):
            return dt.date(int(match[3]), _month(match[2]), int(match[1]))
        if match := MONTH_FIRST.fullmatch(text):
            return dt.date(int(match[3]), _month(match[1]), int(match[2]))
    except ValueError:
        return None
    return None


def _month(text: str) -> int:
    return int(text.rstrip(".")) if text[0].isdigit() else MONTHS.index(text[:3].lower()) + 1


READERS: dict[CellType, Callable[[object, Column], Any]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "who": _who,
    "flag": _flag,
    "numbers": _numbers,
}
