"""The pages that are looked at in a real browser: add a row for each page you make.

`make` adds the rows that a page shows; look at full pages as well as empty ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast
from tests.leipartners.full_days import fill_desk, fill_office, fill_outbox


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
    Look("desk:my_work", "change_agent", make=fill_desk, about="full"),
    Look("desk:my_work", "learner", about="empty"),
    Look("desk:my_work", "staff", make=fill_office),
    Look("outbox:mail_list", "staff", make=fill_outbox),
    Look("outbox:mail_list", "staff", about="empty"),
    Look("outbox:mail_detail", "staff", make=fill_outbox, args=lambda _cast, mails: [mails[5].pk]),
]
