"""One word for what a board shows; it changes when anything on it does."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from coaching.board.marks import Mark

VISIT, BUSY, REQUEST = "v", "b", "r"
type Thing = tuple[str, int, int]  # which of the three, its number, its sequence or when it was changed


def version_of(marks: Iterable[Mark], requests: Iterable[Any], today: dt.date) -> str:
    """Return the version of a board with these marks and requests."""
    things = [(VISIT if mark.is_visit else BUSY, mark.pk, mark.sequence) for mark in marks if mark.pk]
    wishes = [(REQUEST, asked.pk, seconds_of(asked.amended_at)) for asked in requests]
    return version_of_things([*things, *wishes], today)


def seconds_of(moment: dt.datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def version_of_things(things: Iterable[Thing], today: dt.date) -> str:
    """The same, from numbers alone."""
    return hashlib.blake2b(repr((sorted(things), today)).encode(), digest_size=8).hexdigest()
