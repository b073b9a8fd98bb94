"""What every chart does: half as wide as its section or as wide; a wide one brings a small drawing for the phone."""

from collections.abc import Callable

from a3.figures.kinds import Asked, Drawn, Parsed
from a3.figures.svg import Canvas


def charted(parsed: Parsed, asked: Asked, listing: str, said: str, canvas: Callable[..., Canvas] | None) -> Drawn:
    """Return the drawing in the width asked for; `canvas` is called with `full`, and is None for nothing."""
    if canvas is None:
        return Drawn(said, listing)
    half, told = canvas(full=False), asked.words_for(said)
    if parsed.options["size"] != "full":
        return Drawn(said, listing, half.svg(title=asked.title, said=told, uid=asked.uid), classes=["half"])
    whole = canvas(full=True).svg(title=asked.title, said=told, uid=asked.uid)
    small = half.svg(title=asked.title, said=told, uid=f"{asked.uid}-s")
    return Drawn(said, listing, whole, small, classes=["full"])
