"""Looking for about the largest type in which a sheet fits, in few tries, since each of them sets the whole sheet."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

STEP = 0.01
AIM = 0.98  # of the room: what a guess may be wrong by is left
FULL = 0.9  # of the room: more than that, and larger type is not looked for
TEXT = 0.52  # the power with which text must shrink: its square root, and a little for ragged ends
MOST = 5  # tries


@dataclass
class Search:
    """`room` is what there is, `guessed` about what a size (1 is full) needs; what it does need is told by `note`."""

    room: float
    smallest: float
    guessed: Callable[[float], float]
    tries: list[tuple[float, float]] = field(default_factory=list)
    found: Any = None

    def next_size(self) -> float | None:
        """The size to try now, or None: it is found, or not even the smallest fits."""
        if not self.tries:
            return self._first()
        size, depth = self.tries[-1]
        fitting = max([size for size, depth in self.tries if depth <= self.room], default=None)
        if fitting is None and len(self.tries) >= MOST - 1 and size > self.smallest:
            return self.smallest
        under = self.smallest if fitting is None else fitting + STEP
        over = min([size for size, depth in self.tries if depth > self.room], default=1.0 + STEP) - STEP
        is_good = self.room * FULL <= depth <= self.room or fitting == 1.0
        if is_good or over < under - STEP / 2 or len(self.tries) >= MOST:
            return None
        return min(max(round(self._wanted(), 2), under), over)

    def note(self, size: float, depth: float, outcome: Any) -> None:
        """This size needed so much; what fits is kept, the largest last."""
        if depth <= self.room and size > max([s for s, d in self.tries if d <= self.room], default=0):
            self.found = outcome
        self.tries.append((size, depth))

    def _first(self) -> float:
        if self.guessed(1.0) * AIM <= self.room:
            return 1.0
        under, over = self.smallest, 1.0
        while over - under > STEP / 2:
            middle = (under + over) / 2
            under, over = (middle, over) if self.guessed(middle) <= self.room * AIM else (under, middle)
        return max(round(under - STEP / 2, 2), self.smallest)

    def _wanted(self) -> float:
        """Text shrinks with the square of its size, rows of a table with less: two tries tell which it is."""
        size, depth = self.tries[-1]
        power = TEXT
        if len(self.tries) > 1:
            other, deep = self.tries[-2]
            if (size - other) * (depth - deep) > 0:
                power = min(max(math.log(size / other) / math.log(depth / deep), TEXT), 1.0)
        return size * math.pow(self.room * (AIM + FULL) / 2 / depth, power)
