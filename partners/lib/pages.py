"""Pages of a long list by keyset: each costs the same, however far down, and nothing is shown twice or skipped."""

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE = 50
LONGEST = 2000  # letters of a cursor
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Page[M: Model]:
    """One page of rows; `next` is the value of ?after= for the page below, or "" at the end."""

    rows: list[M]
    next: str
    is_first: bool

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of[M: Model](
    rows: "QuerySet[M]", *by: str, after: str = "", size: int = PAGE, descending: bool = False
) -> Page[M]:
    """Return the page of `rows`, ordered by the fields `by` (together unique), that follows the cursor `after`.

    The comparison is one of rows, `(a, b) > (x, y)`, which an index on (a, b) answers. A cursor that cannot be read
    gives the first page.
    """
    values = _read(after, by, rows.model)
    if values:
        fields, last = Tuple(*map(F, by)), tuple(values)
        rows = rows.filter(TupleLessThan(fields, last) if descending else TupleGreaterThan(fields, last))
    found = list(rows.order_by(*[f"-{name}" if descending else name for name in by])[: size + 1])
    more = len(found) > size
    return Page(rows=found[:size], next=_write(found[size - 1], by) if more else "", is_first=not values)


class Some[M: Model](list[M]):
    """The first rows of a list that is cut short, and how many it leaves out: whoever shows it says so."""

    left = 0


def some_of[M: Model](rows: "QuerySet[M]", most: int) -> Some[M]:
    """Return `most` of the rows at most, in their order; one more query counts the others, only where there are any."""
    found = Some(rows[: most + 1])
    if len(found) > most:
        found.left = rows.count() - most
        del found[most:]
    return found


def _write(row: Any, by: tuple[str, ...]) -> str:
    values = [_text(getattr(row, name)) for name in by]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _read(cursor: str, by: tuple[str, ...], model: type[Model]) -> list[Any]:
    """The values of a cursor; none where it is not one that we wrote: anybody may write an address by hand."""
    if len(cursor) > LONGEST:
        return []
    try:
        texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) or "[]")
        if not isinstance(texts, list) or len(texts) != len(by) or not all(map(_is_kept, texts)):
            return []
        values = [_field(model, name).to_python(text) for name, text in zip(by, texts, strict=True)]
    except (ValueError, ValidationError):
        return []
    return [] if any(isinstance(value, dt.datetime) and value.tzinfo is None for value in values) else values


def _is_kept(text: Any) -> bool:
    """Whether a database could hold it: no NUL, and no half of a letter, which JSON can spell."""
    return isinstance(text, str) and "\x00" not in text and not HALVES.search(text)


def _field(model: type[Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)
