"""Another type for a sheet that is being drafted: which of its sections goes where."""

from collections.abc import Iterable
from dataclasses import dataclass

from a3.models import Section, SectionType, SheetType


@dataclass(frozen=True)
class Move:
    """A section as it is, and the one of the other type that takes its text."""

    section: Section
    to: SectionType

    @property
    def is_same(self) -> bool:
        return self.section.name.casefold() == self.to.name.casefold()


def moves(sections: Iterable[Section], to: SheetType) -> list[Move]:
    """By name where the other type has it; else to the nearest place of the same half."""
    kinds = list(to.sections.all())
    named = {kind.name.casefold(): kind for kind in kinds}
    return [Move(section, named.get(section.name.casefold()) or _nearest(section, kinds)) for section in sections]


def _nearest(section: Section, kinds: list[SectionType]) -> SectionType:
    same_half = [kind for kind in kinds if kind.half == section.half] or kinds
    return min(same_half, key=lambda kind: (abs(kind.position - section.number), kind.position))


def token(sections: Iterable[Section]) -> str:
    """What was looked at, so that nothing written meanwhile is moved unseen."""
    return ".".join(f"{section.pk}-{section.revision}" for section in sections)
