"""The pages that are looked at in a real browser: add a row for each page you make.

`make` adds the rows that a page shows; look at full pages as well as empty ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
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

    def __str__(self) -> str:
        return "-".join(part for part in (self.url.replace(":", "."), self.person, self.about) if part)


PAGES = [
    Look("admin:index", "administrator"),
]
