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
    """By name where the other type has it; else to the nearest place of the same half. `sections` are in order."""
    kinds, written = list(to.sections.all()), list(sections)
    named = {kind.name.casefold(): kind for kind in kinds}
    return [
        Move(section, named.get(section.name.casefold()) or _nearest(section, written, kinds)) for section in written
    ]


def _nearest(section: Section, written: list[Section], kinds: list[SectionType]) -> SectionType:
    """The third of the left half goes to the third there, or to the last one."""
    place = [other.pk for other in written if other.half == section.half].index(section.pk)
    same_half = [kind for kind in kinds if kind.half == section.half] or kinds
    return same_half[min(place, len(same_half) - 1)]


def token(sections: Iterable[Section]) -> str:
    """What was looked at, so that nothing written meanwhile is moved unseen."""
    return ".".join(f"{section.pk}-{section.revision}" for section in sections)
