"""What a list is made of once it is read: numbered lines of plain cells, and the limits they are held to."""

import re
import unicodedata

MOST_LINES = 50_000
MOST_CELLS = 40  # of one line; what stands further right is left out
LONGEST = 300  # letters of a cell
MOST_TEXT = 20_000_000  # letters of a list: a workbook can say one long text very often
UNSEEN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], " ")
UNSEEN |= dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], "")
HALVES = re.compile("[\ud800-\udfff]")
MARKED = re.compile(r"^'(?=[=+\-@])")  # how our own files mark a text that looks like a formula

type Line = tuple[int, list[str]]


class Unreadable(Exception):
    """Why a file or a text cannot be read, and what to do: a sentence for the person who sent it."""


class Lines(list[Line]):
    """The lines of a list in their order; blank ones are left out, too many are refused."""

    letters = 0

    def take(self, number: int, cells: list[str]) -> None:
        """Add a line under its number in the file, higher than the one before; raises Unreadable at one too many."""
        cells = [cleaned(cell) for cell in cells[:MOST_CELLS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        self.letters += sum(map(len, cells))
        if len(self) > MOST_LINES:  # one more than that: the heading
            raise Unreadable(f"The list has more than {MOST_LINES:,} rows. Split it, and send one part after another.")
        if self.letters > MOST_TEXT:
            raise Unreadable("The list holds far more text than names and addresses. Keep the columns that matter.")
        self.append((max(number, self[-1][0] + 1) if self else number, cells))


def cleaned(cell: str) -> str:
    """The text of a cell as one line: full-width letters made plain, nothing unseen, single spaces."""
    if cell.isascii() and cell.isalnum():
        return cell[:LONGEST]
    text = unicodedata.normalize("NFKC", cell[: 2 * LONGEST].translate(UNSEEN))
    return MARKED.sub("", " ".join(HALVES.sub("", text).split()))[:LONGEST]
