"""Place labels where they cover neither each other nor the line they explain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from a3.figures.fitting import shortened, width
from a3.figures.svg import Canvas, Point, Type, fill

Box = tuple[float, float, float, float]  # left, top, right, bottom


def box(at: Point, words: str, how: Type) -> Box:
    """Return the room that words take."""
    wide = width(words, how.size, bold=how.bold)
    left = at[0] - {"start": 0, "middle": wide / 2, "end": wide}[how.anchor]
    return left, at[1] - how.size * 0.78, left + wide, at[1] + how.size * 0.24


def clash(one: Box, other: Box) -> bool:
    """Return whether two boxes cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _wider(here: Box) -> Box:
    return here[0] - 2, here[1], here[2] + 2, here[3]


@dataclass
class Room:
    """What of a canvas is taken: labels strictly, the points of lines as far as can be."""

    canvas: Canvas
    taken: list[Box] = field(default_factory=list)
    avoided: list[Point] = field(default_factory=list)

    def avoid(self, points: Sequence[Point]) -> None:
        """Prefer places where no label covers this line."""
        self.avoided.extend(points)
        for (x1, y1), (x2, y2) in pairwise(points):
            pieces = min(int(abs(x2 - x1) // 6), 40)
            self.avoided.extend(
                (x1 + (x2 - x1) * n / (pieces + 1), y1 + (y2 - y1) * n / (pieces + 1)) for n in range(1, pieces + 1)
            )

    def put(self, words: str, places: Iterable[tuple[Point, Type]]) -> bool:
        """Write `words` at the place that covers least; not at all when every place covers another label."""
        best: tuple[int, Point, Type, Box] | None = None
        for at, how in places:
            here = box(at, words, how)
            if not self._inside(here) or any(clash(_wider(here), other) for other in self.taken):
                continue
            covered = sum([here[0] < x < here[2] and here[1] < y < here[3] for x, y in self.avoided])
            if best is None or covered < best[0]:
                best = covered, at, how, here
            if not covered:
                break
        if best is None:
            return False
        covered, at, how, here = best
        if covered:
            size = here[2] - here[0] + 2, here[3] - here[1]
            self.canvas.rect((here[0] - 1, here[1]), size, f'{fill("paper")} fill-opacity=".8"')
        self.canvas.text(at, words, how)
        self.taken.append(here)
        return True

    def write(self, at: Point, words: str, how: Type, room: float) -> None:
        """Write `words` here, shortened to the room there is."""
        words = shortened(words, room, how.size, bold=how.bold)
        self.canvas.text(at, words, how)
        self.taken.append(box(at, words, how))

    def _inside(self, here: Box) -> bool:
        return here[0] >= 0 and here[1] >= 0 and here[2] <= self.canvas.width and here[3] <= self.canvas.height
