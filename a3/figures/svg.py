"""A pen that writes SVG for page, dark mode and paper at once.

WeasyPrint does not apply the page's style sheet inside <svg>, and the content security policy forbids one there. So
every shape carries presentation attributes (the light palette, used by the PDF) and a class that lets the page's tokens
win (static/css/figures.css). A test compares the palette with the tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

PALETTE = {
    "ink": "#1B2733",
    "ink2": "#45515D",
    "ink3": "#5A646E",
    "line": "#DAD4C7",
    "edge": "#857D6E",
    "ai": "#1F4E79",
    "ait": "#E1EAF2",
    "shu": "#B2321B",
    "shut": "#FBE8E2",
    "matsu": "#27664A",
    "matsut": "#DFEEE5",
    "bar": "#B9C4CD",
    "sunk": "#E8E3D8",
    "paper": "#FFFEFB",
    "white": "#FFFFFF",
    "none": "none",
}
FACES = "IBM Plex Sans, IBM Plex Sans Ext, sans-serif"
SIZE = 12
Point = tuple[float, float]


@dataclass(frozen=True)
class Type:
    """How words are set."""

    colour: str = "ink2"
    size: float = SIZE
    bold: bool = False
    anchor: str = "start"

    @cached_property
    def attributes(self) -> str:
        size = "" if self.size == SIZE else f' font-size="{self.size:g}"'
        weight = ' font-weight="600"' if self.bold else ""
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        return f"{fill(self.colour)}{size}{weight}{anchor}"


@dataclass(frozen=True)
class Pen:
    """How lines are drawn."""

    colour: str = "line"
    width: float = 1
    dash: str = ""

    @cached_property
    def attributes(self) -> str:
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return f' class="s-{self.colour}" stroke="{PALETTE[self.colour]}" stroke-width="{self.width:g}"{dash}'


def fill(colour: str) -> str:
    """Return the attributes of a filled shape."""
    return f' class="f-{colour}" fill="{PALETTE[colour]}"'


def filled(colour: str, pen: Pen) -> str:
    """Return the attributes of a shape with an outline."""
    return pen.attributes.replace('class="', f'fill="{PALETTE[colour]}" class="f-{colour} ')


class Canvas:
    """One drawing in the making."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.parts: list[str] = []

    def text(self, at: Point, words: str, how: Type) -> None:
        self.parts.append(f'<text x="{at[0]:.1f}" y="{at[1]:.1f}"{how.attributes}>{escape(words)}</text>')

    def line(self, start: Point, end: Point, pen: Pen) -> None:
        self.parts.append(
            f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"{pen.attributes}/>'
        )

    def rect(self, at: Point, size: Point, attributes: str, *, round_by: float = 0) -> None:
        corner = f' rx="{round_by:g}"' if round_by else ""
        self.parts.append(
            f'<rect x="{at[0]:.1f}" y="{at[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}"{corner}{attributes}/>'
        )

    def circle(self, at: Point, radius: float, attributes: str) -> None:
        self.parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}"{attributes}/>')

    def path(self, steps: str, attributes: str) -> None:
        self.parts.append(f'<path d="{steps}"{attributes}/>')

    def polyline(self, points: Sequence[Point], pen: Pen) -> None:
        through = " ".join([f"{x:.1f},{y:.1f}" for x, y in points])
        self.parts.append(f'<polyline points="{through}" fill="none" stroke-linejoin="round"{pen.attributes}/>')

    def svg(self, *, title: str, said: str, uid: str) -> str:
        """Return the drawing with its title and description."""
        return (
            f'<svg viewBox="0 0 {self.width:g} {self.height:g}" role="img" aria-labelledby="{uid}-t" '
            f'aria-describedby="{uid}-d" font-family="{FACES}" font-size="{SIZE}">'
            f'<title id="{uid}-t">{escape(title)}</title><desc id="{uid}-d">{escape(said)}</desc>'
            f"{''.join(self.parts)}</svg>"
        )


def steps(*points: Point, closed: bool = True) -> str:
    """Return the path through some points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")
