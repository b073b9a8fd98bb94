"""Sanitised text as blocks (paragraphs, items, rows, cells) and the words in them, which know how they are set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from a3.passages import TAG

PIECE = re.compile(rf"(?P<tag>{TAG.pattern})|[^<]+|<", re.DOTALL)
WORD = re.compile(r"(?:&#?\w+;|\w+|[^\w\s])\s*|\s+")
NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
NUMBER = re.compile(r'data-figure="(\d+)"')
INLINE = {"strong", "em", "a", "mark"}
ALONE = {"br", "img"}  # they stand for a word


@dataclass(frozen=True)
class Word:
    """One word with the blanks behind it; `wraps` are the tags it stands in, such as <strong>."""

    html: str
    wraps: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """Two words are the same when they read the same and lead to the same place."""
        return self.html.strip() + "".join(wrap for wrap in self.wraps if wrap.startswith("<a "))


@dataclass
class Run:
    """Words in a row."""

    words: list[Word] = field(default_factory=list)
    tag: str = ""

    @cached_property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    @cached_property
    def key(self) -> str:
        return " ".join(self.keys)


@dataclass
class Block:
    """A paragraph, list, item, table, row, cell or figure, with what stands in it."""

    tag: str
    start: str
    children: "list[Block | Run]" = field(default_factory=list)

    @property
    def end(self) -> str:
        return f"</{self.tag}>"

    @property
    def figure(self) -> str:
        """The number of the figure that has its place here, if this is one."""
        found = NUMBER.search(self.start)
        return found[1] if found else ""

    @cached_property
    def keys(self) -> list[str]:
        return [key for child in self.children for key in child.keys]

    @cached_property
    def key(self) -> str:
        return f"{self.start}{' '.join(child.key for child in self.children)}{self.end}"


type Part = Block | Run


def blocks_of(html: str) -> list[Part]:
    """Return what stands side by side at the top of this text."""
    root = Block("", "")
    _Builder(root).read(html)
    return root.children


class _Builder:
    def __init__(self, root: Block) -> None:
        self.open = [root]
        self.wraps: list[str] = []

    def read(self, html: str) -> None:
        for piece in PIECE.finditer(html):
            if piece["tag"] is None:
                self._say(WORD.findall(piece[0]))
            else:
                self._tag(piece[0], NAME.match(piece[0]))

    def _tag(self, html: str, found: re.Match[str] | None) -> None:
        name = found[1].lower() if found else ""
        if name in ALONE:
            self._say([html])
        elif name in INLINE:
            self._wrap(html)
        elif name and not html.startswith("</"):
            block = Block(name, html)
            self.open[-1].children.append(block)
            self.open.append(block)
        elif name in (block.tag for block in self.open[1:]):
            while self.open.pop().tag != name:
                pass

    def _wrap(self, html: str) -> None:
        if not html.startswith("</"):
            self.wraps.append(html)
        elif self.wraps:
            self.wraps.pop()

    def _say(self, words: list[str]) -> None:
        children = self.open[-1].children
        if not (children and isinstance(children[-1], Run)):
            if not any(word.strip() for word in words):
                return  # blanks between two blocks
            children.append(Run())
        run = children[-1]
        if isinstance(run, Run):
            run.words += [Word(word, tuple(self.wraps)) for word in words]


def in_one_setting(words: list[Word]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words put together as far as they stand in the same tags: those tags, and their text."""
    here: tuple[str, ...] | None = None
    text = ""
    for word in words:
        if word.wraps != here and here is not None:
            yield here, text
            text = ""
        here = word.wraps
        text += word.html
    if here is not None:
        yield here, text
