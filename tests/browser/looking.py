"""How a row of the pages that are looked at is written; see tests/browser/pages.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast


@dataclass(frozen=True)
class Look:
    """One page, as one person sees it; `args` picks the URL's arguments from the cast or from what `make` returned."""

    url: str
    person: str
    make: Callable[[Cast], Any] = lambda _cast: None
    args: Callable[[Cast, Any], list[Any]] = lambda _cast, _made: []
    about: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "-".join(part for part in (self.url.replace(":", "."), self.person, self.about) if part)


def made(_cast: Cast, row: Any) -> list[Any]:
    return [row.pk]


def partner(cast: Cast, _made: Any) -> list[Any]:
    return [cast.partner.pk]
