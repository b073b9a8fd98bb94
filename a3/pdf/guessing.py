"""How deep the halves of a sheet will reach, guessed from their text: the first size that is tried mostly fits.

Setting a sheet takes some hundred times as long as guessing. Only the number of tries hangs on a guess, never whether
the sheet fits: that is measured.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from a3.figures.fitting import width

HEAD = 4.7  # ems from the top of the sheet to its first sections
PHOTO = 16.7  # ems: as high as a photo may be, and its margins
HALVED = 0.484  # of a half, as wide as a picture is beside which another one stands
RAGGED = 1.2  # ems of a line that stay empty, because the next word does not fit
TAKEN = {"td": 0.57, "th": 0.57, "li": 1.25}  # ems beside the words
COLUMN = '<div class="col">'
TOKEN = re.compile(r"<(/?\w+)([^>]*)>([^<]*)")
SHARE = re.compile(r"\bw(\d+)\b")
SIDE_BY_SIDE = re.compile(r"\bwhys n([3-6])")
SOURCE = re.compile(r'src="([^"]*)"')
BOX = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass
class Words:
    """Words in ems, the share of the half they stand in, and how much of that is taken."""

    share: float
    taken: float
    long: float = 0.0

    def lines(self, wide: float) -> int:
        room = max(self.share * wide - self.taken, 2 * RAGGED)
        return math.ceil(self.long / (room if self.long <= room else room - RAGGED))


@dataclass
class Block:
    """Words side by side, how high a line of them is and what is around, in ems; `drawing` is the height of a drawing
    where a half is one high. Of a picture of half the width and the one `beside` it, the higher one counts.
    """

    line: float = 1.36
    around: float = 0.0
    drawing: float = 0.0
    words: list[Words] = field(default_factory=list)
    beside: "Block | None" = None

    def height(self, wide: float, drawn: float) -> float:
        lines = max([words.lines(wide) for words in self.words], default=0)
        own = lines * self.line + self.around + self.drawing * drawn
        return max(own, self.beside.height(wide, drawn)) if self.beside else own


class Half:
    """One half of a sheet as blocks, one below the other."""

    def __init__(self, html: str, drawings: Mapping[str, float]) -> None:
        self.blocks: list[Block] = []
        self.drawings = drawings
        self.into: Words | None = None
        self.shares: list[float] = []
        self.row: Block | None = None
        self.alone: Block | None = None  # a picture of half the width, beside which there is room for another
        self.bold = self.is_half = False
        self._read(html)

    def _read(self, html: str) -> None:
        for tag, attributes, text in TOKEN.findall(html):
            self._take(tag, attributes)
            if self.into and not text.isspace():
                self.into.long += width(unescape(text), 0.95 if self.row else 1.0, bold=self.bold)

    def depth(self, wide: float, drawn: float) -> float:
        """In ems, where the half is so many ems wide, and drawings take this share of it."""
        return HEAD + sum(block.height(wide, drawn * wide) for block in self.blocks)

    def _take(self, tag: str, attributes: str) -> None:
        """One tag: most of them change nothing."""
        match tag:
            case "p" | "li" | "td" | "th" | "figcaption":
                self.alone = self.alone if tag == "figcaption" else None
                self._begin(tag)
            case "strong" | "/strong":
                self.bold = tag == "strong"
            case "section":
                self.alone = None
                self.blocks.append(Block(around=3.0))
            case "figure":
                self.is_half = " half" in attributes
                self.alone = self.alone if self.is_half else None
            case "img" if not self.row:
                self._picture(attributes)
            case _:
                self._set_rows(tag, attributes)

    def _set_rows(self, tag: str, attributes: str) -> None:
        """What begins or ends a row of words, and how its columns share the half."""
        match tag:
            case "tr":
                self._row()
            case "col":
                self.shares.append(int(share[1]) / 40 if (share := SHARE.search(attributes)) else 0.25)
            case "table" | "/table" | "/ol":
                self.shares, self.row = [], None
            case "/section":
                self.into = self.row = None
            case "ol" if count := SIDE_BY_SIDE.search(attributes):
                self.shares = [1 / int(count[1])] * int(count[1])
                self._row()

    def _row(self) -> None:
        self.row = Block(line=1.24, around=0.56)
        self.blocks.append(self.row)

    def _begin(self, tag: str) -> None:
        if self.row is None:
            self.into = Words(1.0, TAKEN.get(tag, 0))
            self.blocks.append(Block(around=0.3, words=[self.into]))
        elif tag in TAKEN:
            number = len(self.row.words)
            self.into = Words(self.shares[number] if number < len(self.shares) else 0.25, TAKEN[tag])
            self.row.words.append(self.into)

    def _picture(self, attributes: str) -> None:
        self.into = None
        source = SOURCE.search(attributes)
        drawing = self.drawings.get(source[1]) if source else None
        if drawing is None:
            self._halved(Block(around=PHOTO))
        elif self.is_half:
            self._halved(Block(around=0.8, drawing=drawing * HALVED))
        else:
            self.blocks.append(Block(around=0.8, drawing=drawing))

    def _halved(self, picture: Block) -> None:
        """Two pictures of half the width stand beside each other, when nothing but a title stands between them."""
        if self.alone:
            self.alone.beside, self.alone = picture, None
        else:
            self.blocks.append(picture)
            self.alone = picture


def halves_of(html: str, drawings: Mapping[str, bytes]) -> list[Half]:
    """The halves of a sheet whose drawings are these."""
    boxes = {address: BOX.search(drawing) for address, drawing in drawings.items()}
    ratios = {address: float(box[2]) / float(box[1]) for address, box in boxes.items() if box}
    return [Half(column, ratios) for column in html.split(COLUMN)[1:]]
