"""From a workbook (XLSX) to lines, read as a stream: no formula is worked out, nothing outside of it is opened.

A few kilobytes can unpack to gigabytes or name a million rows. So parts are read piece by piece, up to a size and a
time; a document type, through which XML names other files and repeats itself, is refused.
"""

import io
import posixpath
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from courses.importing.lines import LONGEST, MOST_CELLS, Lines, Unreadable

PIECE = 64 * 1024
MOST_UNPACKED = 80 * 1024 * 1024  # bytes of one part
MOST_PARTS = 2000
MOST_STRINGS = 500_000
MOST_TAGS = 3_000_000  # of one part; fifty thousand people with ten columns have a third of that
SECONDS = 8.0
TOO_BIG = "This workbook unpacks to far more than a list of people. Copy its cells into a new one, and send that."
TOO_SLOW = "This workbook takes too long to read. Copy its cells into a new one, or save it as CSV."
BROKEN = "This workbook is damaged. Open it in your spreadsheet program and save it again, as XLSX or CSV."
DOCTYPE = "This workbook holds what no spreadsheet program writes (a document type). Save it again as XLSX."
LETTERS = re.compile(r"[A-Z]{1,3}")
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Enough(Exception):
    """The rest of a part need not be read."""


class Book:
    """An opened workbook; `deadline` is a moment of time.monotonic()."""

    def __init__(self, content: bytes, deadline: float) -> None:
        self.deadline = deadline
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
            raise Unreadable(BROKEN) from broken
        if len(self.archive.infolist()) > MOST_PARTS:
            raise Unreadable(TOO_BIG)

    def part(self, name: str, part: "Part") -> bool:
        """Have the part read; False when there is none of this name."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return False
        if info.compress_type not in PACKED or info.flag_bits & 1:
            raise Unreadable(BROKEN)
        if info.file_size > MOST_UNPACKED:
            raise Unreadable(TOO_BIG)
        parser = parser_for(part)
        try:
            self._feed(parser, info)
        except Enough:
            pass
        except (expat.ExpatError, zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as broken:
            raise Unreadable(BROKEN) from broken
        return True

    def _feed(self, parser: Any, info: zipfile.ZipInfo) -> None:
        read = 0
        with self.archive.open(info) as file:
            while piece := file.read(PIECE):
                read += len(piece)
                if read > MOST_UNPACKED:
                    raise Unreadable(TOO_BIG)
                if time.monotonic() > self.deadline:
                    raise Unreadable(TOO_SLOW)
                parser.Parse(piece)
        parser.Parse(b"", 1)


class Part:
    """What is done at each tag of a part; names come without their namespace."""

    def starts(self, name: str, attributes: dict[str, str]) -> None: ...

    def ends(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def parser_for(part: Part) -> Any:
    parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    local: dict[str, str] = {}
    left = MOST_TAGS

    def short(name: str) -> str:
        if name not in local and len(local) < MOST_PARTS:
            local[name] = name.rpartition(" ")[2]
        return local.get(name, "")

    def refused(*_told: Any) -> None:
        raise Unreadable(DOCTYPE)

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Unreadable(TOO_BIG)
        starts(short(name), attributes)

    starts, ends = part.starts, part.ends
    parser.StartElementHandler = started
    parser.EndElementHandler = lambda name: ends(short(name))
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = refused
    return parser


class Relations(Part):
    """What a part points at: by id, and by kind."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External" and len(self.by_id) < MOST_PARTS:
            target = posixpath.normpath(posixpath.join("/" + self.folder, attributes.get("Target", ""))).lstrip("/")
            self.by_id[attributes.get("Id", "")] = target
            self.by_kind[attributes.get("Type", "").rpartition("/")[2]] = target


class Sheets(Part):
    """The names of the sheets and by which relation each is found, in the order of their tabs."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and len(self.found) < MOST_PARTS:
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.found.append((attributes.get("name", ""), relation))


class Texts(Part):
    """Text inside `t`, without the readings that Japanese workbooks keep beside it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.inside = self.reading = False

    def starts(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "rPh":
            self.reading = True
        elif name == "t":
            self.inside = not self.reading

    def ends(self, name: str) -> None:
        if name == "rPh":
            self.reading = False
        elif name == "t":
            self.inside = False

    def text(self, text: str) -> None:
        if self.inside and self.length < LONGEST:
            self.pieces.append(text[:LONGEST])
            self.length += len(text)

    def taken(self) -> str:
        """What has been gathered; then begins the next."""
        whole = "".join(self.pieces)[:LONGEST]
        self.pieces, self.length = [], 0
        return whole


class Strings(Texts):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def ends(self, name: str) -> None:
        super().ends(name)
        if name == "si":
            if len(self.found) >= MOST_STRINGS:
                raise Unreadable(TOO_BIG)
            self.found.append(self.taken())


class Cells(Texts):
    """The rows of one sheet. Of a formula its last result is shown, as in the program, else its text."""

    def __init__(self, shared: list[str], lines: Lines) -> None:
        super().__init__()
        self.shared, self.lines = shared, lines
        self.number, self.row, self.column, self.kind, self.formula = 0, [""] * 0, -1, "", ""

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.number, self.row, self.column = _number(attributes.get("r", ""), self.number + 1), [], -1
        elif name == "c":
            self.column = column_of(attributes.get("r", ""), self.column + 1)
            self.kind, self.formula = attributes.get("t", "n"), ""
        elif name in {"v", "f"}:
            self.inside = True
        else:
            super().starts(name, attributes)

    def ends(self, name: str) -> None:
        if name == "f":
            self.inside, self.formula = False, f"={self.taken()}"
        elif name == "v":
            self.inside = False
        elif name == "c":
            self._cell(self.taken() or self.formula)
        elif name == "row":
            self.lines.take(self.number, self.row)
        elif name == "sheetData":
            raise Enough
        else:
            super().ends(name)

    def _cell(self, value: str) -> None:
        if self.kind == "s":
            value = self.shared[number] if 0 <= (number := _number(value, -1)) < len(self.shared) else ""
        elif self.kind == "e":
            value = ""
        if value and self.column < MOST_CELLS:
            self.row += [""] * (self.column - len(self.row)) + [value]


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def column_of(reference: str, otherwise: int) -> int:
    """0 of "A7", 26 of "AA1"."""
    letters = LETTERS.match(reference)
    if letters is None:
        return otherwise
    place = 0
    for letter in letters[0]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def lines_of(content: bytes, clock: Callable[[], float] = time.monotonic) -> tuple[Lines, str]:
    """Return the lines of the first sheet that has any, and what it is called when there are others.

    Raises Unreadable.
    """
    book = Book(content, clock() + SECONDS)
    top, sheets, strings = Relations(""), Sheets(), Strings()
    book.part("_rels/.rels", top)
    home = top.by_kind.get("officeDocument", "xl/workbook.xml")
    folder, _, name = home.rpartition("/")
    inner = Relations(folder)
    book.part(f"{folder}/_rels/{name}.rels", inner)
    if not book.part(home, sheets):
        raise Unreadable(BROKEN)
    book.part(inner.by_kind.get("sharedStrings", "xl/sharedStrings.xml"), strings)
    for title, relation in sheets.found[:50]:
        lines = Lines()
        if book.part(inner.by_id.get(relation, ""), Cells(strings.found, lines)) and lines:
            return lines, title if len(sheets.found) > 1 else ""
    return Lines(), ""
