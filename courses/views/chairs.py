"""An offering's seats as they are drawn: little squares, yours first, then others', then those left."""

from dataclasses import dataclass

from courses.models import Offering

PER_ROW, STEP = 14, 20
DRAWN = 70  # of a bigger offering words say enough


@dataclass(frozen=True)
class Chair:
    kind: str
    x: int
    y: int


@dataclass(frozen=True)
class Chairs:
    yours: int
    others: int
    left: int

    @property
    def width(self) -> int:
        return PER_ROW * STEP

    @property
    def height(self) -> int:
        return -(-len(self.kinds) // PER_ROW) * STEP

    @property
    def kinds(self) -> list[str]:
        return ["mine"] * self.yours + ["taken"] * self.others + ["free"] * self.left

    @property
    def drawn(self) -> list[Chair]:
        if len(self.kinds) > DRAWN:
            return []
        return [Chair(kind, n % PER_ROW * STEP + 1, n // PER_ROW * STEP + 1) for n, kind in enumerate(self.kinds)]


def chairs_of(offering: Offering, yours: int) -> Chairs:
    return Chairs(yours=yours, others=max(offering.seats_taken - yours, 0), left=offering.left)
