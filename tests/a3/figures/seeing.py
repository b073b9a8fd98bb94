"""Look at a drawing the way a reader does: what stands where, whether words cover words or leave the canvas."""

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from a3 import figures
from a3.figures.placing import Box, box, clash
from a3.figures.svg import Type

TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Label:
    """Words on a drawing and the room they take."""

    words: str
    box: Box
    colour: str


class Seen:
    """One figure, taken apart."""

    def __init__(self, slug: str, data: object, *, title: str = "Order to door", description: str = "", today=TODAY):
        self.parsed = figures.parse(slug, data)
        self.html = figures.draw(slug, self.parsed, title=title, description=description, uid="f1", today=today)
        self.figure = ET.fromstring(self.html)
        self.svg = self.figure.find(".//svg")
        self.table = figures.table(slug, self.parsed)

    @property
    def canvas(self) -> tuple[float, float]:
        _, _, width, height = map(float, self.svg.attrib["viewBox"].split())
        return width, height

    @property
    def labels(self) -> list[Label]:
        return [self._label(text) for text in self.svg.iter("text")]

    @property
    def words(self) -> list[str]:
        return [label.words for label in self.labels]

    @property
    def said(self) -> str:
        return self.svg.findtext("desc", "")

    def all(self, tag: str, css: str) -> list[ET.Element]:
        return [shape for shape in self.svg.iter(tag) if css in shape.get("class", "").split()]

    def label(self, words: str) -> Label:
        return next(label for label in self.labels if label.words == words)

    def overlapping(self) -> list[tuple[str, str]]:
        labels = self.labels
        return [
            (one.words, other.words)
            for n, one in enumerate(labels)
            for other in labels[:n]
            if clash(one.box, other.box)
        ]

    def outside(self) -> list[str]:
        width, height = self.canvas
        return [
            label.words
            for label in self.labels
            if label.box[0] < -0.5 or label.box[1] < -0.5 or label.box[2] > width + 0.5 or label.box[3] > height + 0.5
        ]

    @staticmethod
    def _label(text: ET.Element) -> Label:
        how = Type(
            size=float(text.get("font-size", 12)),
            bold=text.get("font-weight") == "600",
            anchor=text.get("text-anchor", "start"),
        )
        at = float(text.attrib["x"]), float(text.attrib["y"])
        return Label(text.text or "", box(at, text.text or "", how), text.get("class", ""))
