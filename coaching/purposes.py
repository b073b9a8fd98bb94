"""What a purpose is about, by the stems of its English words: who went for the like, and who brings what it needs."""

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Func, QuerySet

from a3.likeness import query_of
from coaching.models import Visit

CANDIDATES = 500  # visits that are compared, the latest first: words that stand everywhere must not make it slow
FIELDS = {  # what people write about when an experience of coaches is what helps
    "health": "health care hospital patient ward clinic nurse doctor bed discharge theatre pharmacy emergency surgery",
    "assembly": "assembly machining line cell station weld press changeover takt kit fixture part defect rework",
    "process": "process batch oven furnace mixing filling packing recipe food dairy chemical glass yield sanitation",
    "office": "office service claim invoice order customer call quote form bank loan dispute approval software",
    "logistics": "logistics store warehouse stock inventory delivery truck dock picking supply material kanban",
    "management": "management strategy hoshin priority leader sponsor executive tier huddle standup review policy",
    "a3": "a3 sheet problem solving root cause countermeasure catchball owner",
    "gemba": "gemba walk floor observe",
}


def like_it(visits: QuerySet[Visit], purpose: str, since: dt.datetime) -> list[Visit]:
    """Return the visits since then whose purpose is like this one, the likest first, then the latest; two queries.

    Of few words two have to be the same, of many a quarter.
    """
    query = query_of(purpose)
    if query is None:
        return []
    words = SearchVector("purpose", config="english")
    rows: Any = visits.annotate(words=words, stems=Func(words, function="tsvector_to_array"))
    found = rows.filter(words=query, starts_at__gt=since).order_by("-starts_at", "-pk")[:CANDIDATES]
    wanted = stems_of([purpose])[0]
    needed = max(min(2, len(wanted)), len(wanted) // 4)
    counted = [(len(wanted.intersection(visit.stems)), visit) for visit in found]
    counted.sort(key=itemgetter(0), reverse=True)
    return [visit for count, visit in counted if count >= needed]


def fields_of(purpose: str) -> set[str]:
    """Return the experience that a purpose asks for by its words; one query."""
    wanted, *fields = stems_of([purpose, *FIELDS.values()])
    return {name for name, stems in zip(FIELDS, fields, strict=True) if wanted & stems}


def stems_of(texts: Sequence[str]) -> list[frozenset[str]]:
    """Return the stems of each text, without the words that say nothing, such as the; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tsvector_to_array(to_tsvector('english', words))
            FROM unnest(%s::text[]) WITH ORDINALITY AS given (words, number) ORDER BY number
            """,
            [list(texts)],
        )
        rows: Iterable[tuple[list[str]]] = cursor.fetchall()
    return [frozenset(stems) for (stems,) in rows]
