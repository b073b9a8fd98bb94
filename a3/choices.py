"""How somebody prints: which paper, with remarks or without."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from a3.models import Paper

WITH = "remarks"


@dataclass(frozen=True)
class PrintChoice:
    paper: str = Paper.A3
    with_remarks: bool = False

    @classmethod
    def asked(cls, data: Mapping[str, Any]) -> Self:
        """Read a form; what is no paper of ours is A3."""
        wanted = data.get("paper", Paper.A3)
        return cls(wanted if wanted in Paper.values else Paper.A3, data.get("with_remarks") == "on")

    @classmethod
    def remembered(cls, word: str) -> Self:
        """What was taken last time; A3 without remarks at first."""
        paper, _, also = word.partition("+")
        return cls.asked({"paper": paper or Paper.A3, "with_remarks": "on" if also == WITH else ""})

    @property
    def options(self) -> dict[str, Any]:
        """What `actions.ask_for_print` wants."""
        return asdict(self)

    @property
    def word(self) -> str:
        """Itself, as short as a cookie."""
        return f"{self.paper}+{WITH}" if self.with_remarks else str(self.paper)
