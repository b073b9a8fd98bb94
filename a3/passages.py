"""Passages: the words of a section that a remark is about, found again in the text as it is now, and marked there.

Blanks do not count: what a browser calls the selected text has line ends where the stored one has tags.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from itertools import takewhile

from django.utils.html import format_html

TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')
LETTER = re.compile(rf"(?P<tag>{TAG.pattern})|&#?\w+;|\S")
INLINE = re.compile(r"</?(?:strong|em|a|mark)\b(?:[^\">]|\"[^\"]*\")*>")
AROUND = 40  # letters kept of what stands before and after
MOST_PLACES = 500  # that are compared when the same words stand in many

type Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """Words, and the letters around them that tell which of several places is meant."""

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Pen:
    """A passage to mark: the number of its remark, what its mark is called, and the address of the remark."""

    number: int
    name: str
    href: str
    passage: Passage


class Text:
    """The letters of sanitised HTML without blanks and tags, each with its place in it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.places: list[Span] = []
        found: list[str] = []
        for match in LETTER.finditer(html):
            if match["tag"] is None:
                letters = _squeezed(unescape(match[0]))
                found.append(letters)
                self.places += [match.span()] * len(letters)
        self.letters = "".join(found)

    def find(self, passage: Passage) -> Span | None:
        """Return where the passage stands, in letters: where most of what stood around it still does."""
        wanted = _squeezed(passage.quote)
        if not wanted:
            return None
        places = list(self._places_of(wanted))
        best = max(places, key=lambda place: self._fits(passage, place), default=None)
        return None if best is None else (best, best + len(wanted))

    def _places_of(self, wanted: str) -> Iterator[int]:
        place = self.letters.find(wanted)
        for _ in range(MOST_PLACES):
            if place < 0:
                return
            yield place
            place = self.letters.find(wanted, place + 1)

    def _fits(self, passage: Passage, place: int) -> int:
        end = place + len(_squeezed(passage.quote))
        before = self.letters[max(place - AROUND, 0) : place]
        after = self.letters[end : end + AROUND]
        return _shared(before[::-1], passage.before[::-1]) + _shared(after, passage.after)

    def at(self, span: Span) -> Passage:
        """Return what stands there, as it is kept with a remark."""
        start, end = self.in_html(span)
        words = TAG.sub(" ", INLINE.sub("", self.html[start:end]))
        return Passage(
            quote=" ".join(unescape(words).split()),
            before=self.letters[max(span[0] - AROUND, 0) : span[0]],
            after=self.letters[span[1] : span[1] + AROUND],
        )

    def in_html(self, span: Span) -> Span:
        return self.places[span[0]][0], self.places[span[1] - 1][1]

    @cached_property
    def runs(self) -> list[Span]:
        """The stretches between two tags in which something stands."""
        edges = [0, *(edge for match in TAG.finditer(self.html) for edge in match.span()), len(self.html)]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [(start, end) for start, end in pairs if self.html[start:end].strip()]


@lru_cache(maxsize=64)
def text_of(html: str) -> Text:
    """The same text is asked for by each remark on it."""
    return Text(html)


def locate(html: str, quote: str, *, before: str = "") -> Passage | None:
    """Return the passage of a text that somebody chose, or None when these words do not stand there."""
    text = text_of(html)
    span = text.find(Passage(quote, before=_squeezed(before)[-AROUND:]))
    return text.at(span) if span else None


def stands(html: str, passage: Passage) -> bool:
    return text_of(html).find(passage) is not None


def marked(html: str, pens: Iterable[Pen]) -> str:
    """Return the text with the words of each pen marked, and its number behind them, leading to the remark."""
    text = text_of(html)
    found = [(text.in_html(span), pen) for pen in pens if (span := text.find(pen.passage))]
    put = [(_after_link(html, end), 1, _number(pen)) for (_, end), pen in found]
    for start, end in _together(sorted(span for span, _ in found)):
        for begins, ends in text.runs:
            left, right = max(start, begins), min(end, ends)
            if html[left:right].strip() and left < right:
                put += [(left, 2, '<mark class="pen">'), (right, 0, "</mark>")]
    return _with(html, sorted(put, key=lambda one: one[:2]))


def _with(html: str, put: list[tuple[int, int, str]]) -> str:
    out, here = [], 0
    for place, _, words in put:
        out += [html[here:place], words]
        here = place
    return "".join([*out, html[here:]])


def _together(spans: list[Span]) -> list[Span]:
    """Spans that share letters become one."""
    out: list[Span] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _after_link(html: str, place: int) -> int:
    """The same place, or the end of the link it stands in: no link holds another."""
    opened, closed = html.rfind("<a ", 0, place), html.rfind("</a>", 0, place)
    return html.index("</a>", place) + len("</a>") if opened > closed else place


def _number(pen: Pen) -> str:
    return format_html(
        '<a class="pen-n" id="{}" href="{}"><span class="vh">Remark </span>{}</a>', pen.name, pen.href, pen.number
    )


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
