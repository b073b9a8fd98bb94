"""Fit words into the room a drawing has: measure, break into lines, shorten with an ellipsis."""

from a3.figures.glyphs import KNOWN, glyph


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is when set at `size`."""
    weight = 600 if bold else 400
    known = KNOWN[weight]
    return sum([known.get(char) or glyph(char, weight) for char in text]) * size / 1000


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return `text`, or as much of its beginning as fits with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width("…", size, bold=bold)
    weight = 600 if bold else 400
    for end, char in enumerate(text):
        left -= glyph(char, weight) * size / 1000
        if left < 0:
            return text[:end].rstrip() + "…"
    return text


def lines(text: str, room: float, size: float, *, most: int = 3, bold: bool = False) -> list[str]:
    """Break `text` into at most `most` lines no wider than `room`; what does not fit ends in an ellipsis.

    A word wider than the room is broken.
    """
    words = _pieces(text.split(), room, size, bold=bold)
    broken: list[str] = []
    line, filled, space = "", 0.0, width(" ", size, bold=bold)
    for number, word in enumerate(words):
        wide = width(word, size, bold=bold)
        if line and filled + space + wide > room:
            broken.append(line)
            if len(broken) == most:
                return [*broken[:-1], shortened(" ".join([broken[-1], *words[number:]]), room, size, bold=bold)]
            line, filled = word, wide
        else:
            line, filled = (f"{line} {word}", filled + space + wide) if line else (word, wide)
    return [*broken, line] if line else broken


def _pieces(words: list[str], room: float, size: float, *, bold: bool) -> list[str]:
    """Break words that are wider than a line, anywhere: scripts without blanks are set like that too."""
    pieces = []
    for word in words:
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            end = max(len(shortened(rest, room, size, bold=bold)) - 1, 1)
            pieces.append(rest[:end])
            rest = rest[end:]
        pieces.append(rest)
    return pieces
