"""Tables as files that spreadsheets open: CSV and XLSX, row by row, so that a long one needs no more memory."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

AT_ONCE = 200  # rows of a CSV in one piece
PIECE = 64 * 1024  # bytes of a workbook
LONGEST = 32_000  # characters; no cell of a spreadsheet holds more than 32,767
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMATS = {dt.datetime: "d mmm yyyy hh:mm", dt.date: "d mmm yyyy", dt.time: "hh:mm"}
HEAD = {"bold": True, "bottom": 1, "valign": "bottom", "text_wrap": True}


class Link(str):
    """The address of a page: to click on where a file can."""

    __slots__ = ()


type Cell = str | Link | int | Decimal | dt.date | dt.time | None
"""A moment is one of a clock, without its zone: spreadsheets know none. Another column names it."""


@dataclass(frozen=True)
class Column:
    """What stands above it, and how many characters wide it is where a file can say so."""

    title: str
    width: int = 12


def csv_of(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV in pieces, with the mark by which spreadsheets know its letters; no cell of it is taken for a formula."""
    yield "\ufeff"
    writer = csv.writer(_Passing())
    yield writer.writerow([defused(column.title) for column in columns])
    for some in batched(rows, AT_ONCE, strict=False):
        yield "".join(writer.writerow([defused(_plain(cell)) for cell in row]) for row in some)


class _Passing:
    """A file that hands on what is written to it."""

    def write(self, line: str) -> str:
        return line


def _plain(cell: Cell) -> str:
    """Days and moments as in 2026-11-25 09:30, by which they sort."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return "" if cell is None else str(cell)


def defused(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is marked as text; numbers stay numbers."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(FORMULA) and not is_number else cell


def xlsx_of(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A workbook in pieces; it is made on disk, not in memory."""
    with TemporaryFile() as file:
        write_xlsx(file, title, columns, rows)
        file.seek(0)
        yield from iter(partial(file.read, PIECE), b"")


def write_xlsx(file: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a workbook of one sheet: real days and clocks, the head in sight, each text as a text whatever it says."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"title": title})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    head = book.add_format(HEAD)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, head)
    write, last = _writers(book, sheet), 0
    for last, row in enumerate(rows, start=1):
        for number, cell in enumerate(row):
            if cell is not None and cell != "":
                write[type(cell)](last, number, cell)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()


def _writers(book: Any, sheet: Any) -> dict[type, Callable[[int, int, Any], Any]]:
    """How a cell of each type is written: by its type, never by what its text looks like."""
    when = {kind: book.add_format({"num_format": words, "align": "left"}) for kind, words in FORMATS.items()}

    def moment(row: int, column: int, cell: dt.date | dt.time) -> None:
        sheet.write_datetime(row, column, cell, when[type(cell)])

    def text(row: int, column: int, cell: str) -> None:
        sheet.write_string(row, column, cell[:LONGEST])

    numbers = dict.fromkeys((int, Decimal), sheet.write_number)
    return dict.fromkeys(FORMATS, moment) | numbers | {str: text, Link: sheet.write_url}
