"""How a row of the access table is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import PEOPLE, Cast

ALL = dict.fromkeys(PEOPLE, 200) | {"nobody": 302}  # any signed-in person; nobody is sent to the sign-in page
EVERYONE = dict.fromkeys(PEOPLE, 200)
NO_ONE = dict.fromkeys(PEOPLE, 404) | {"nobody": 302}


def only(*people: str, status: int = 200) -> dict[str, int]:
    """The named people get `status`, other signed-in ones 404, nobody the sign-in page."""
    return NO_ONE | dict.fromkeys(people, status)


@dataclass(frozen=True)
class Row:
    """Status per person of one URL; `args` picks its arguments from the cast, `data` makes it a POST."""

    statuses: Mapping[str, int]
    args: Callable[[Cast], list[Any]] = lambda _cast: []
    data: dict[str, Any] | Callable[[Cast], dict[str, Any]] | None = None
    query: dict[str, Any] = field(default_factory=dict)
