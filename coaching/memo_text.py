"""A memo as it is drafted from the record of its visit: rich text for the coach to edit, and plain text for mails."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from django.utils.html import escape, strip_tags

from a3.sanitising import sanitise
from coaching.models import About, Observation, Promise, Question, Visit, Walk
from coaching.models.promises import Tally
from partners.lib.calendars import day_words

BLOCK_END = re.compile(r"</(?:p|li|tr|ul|ol|table)>|<br>")
CELL_END = re.compile(r"(?:</p>)?</t[dh]>(?=<t[dh])")
UNBROKEN = "\N{NO-BREAK SPACE}"
SEVERAL_LINES = re.compile(r"\n\s*\n\s*")


class Record(NamedTuple):
    """What was recorded at one visit."""

    walk: Walk | None
    observations: list[Observation]
    questions: list[Question]
    promises: list[Promise]


def drafted(visit: Visit, tally: Tally) -> str:
    """Return what the record of a visit says now."""
    walk: Walk | None = getattr(visit, "walk", None)
    seen, asked = list(visit.observations.standing()), list(visit.questions.standing())
    promised = list(visit.promises.standing().select_related("owner"))
    return written(visit, Record(walk, seen, asked, promised), tally)


def written(visit: Visit, record: Record, tally: Tally) -> str:
    """Return a record in the order in which a host wants to read it."""
    walk = record.walk
    parts = [_part("Purpose", [_p(visit.purpose)])]
    if walk:
        parts.append(_part("Where we went", [_p("; ".join(walk.stops))] if walk.stops else []))
    for about in About:
        seen = [_seen(row) for row in record.observations if row.about == about]
        parts.append(_part(f"What we saw: {about.label.lower()}", _list("ul", seen)))
    parts.append(_part("What we learned", [_p(walk.learned)] if walk and walk.learned else []))
    parts.append(_part("Questions we leave with you", _list("ol", map(_asked, record.questions))))
    parts.append(_part("What was promised", list(_promised(record.promises))))
    if tally.due:
        kept = f"{tally.kept} of {tally.due} promises of the last twelve months were kept."
        parts.append(_part("Promises of the visits before", [_p(kept)]))
    return sanitise("".join(parts))


def plain(html: str) -> str:
    """Return rich text as plain text: a line for each paragraph, item and row."""
    text = strip_tags(BLOCK_END.sub("\n", CELL_END.sub(" | ", html)))
    return SEVERAL_LINES.sub("\n", unescape(text).replace(UNBROKEN, " ")).strip()


def _p(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _part(head: str, body: list[str]) -> str:
    return f"<p><strong>{escape(head)}</strong></p>{''.join(body)}" if body else ""


def _list(tag: str, items: Iterable[str]) -> list[str]:
    found = [f"<li>{item}</li>" for item in items]
    return [f"<{tag}>{''.join(found)}</{tag}>"] if found else []


def _seen(row: Observation) -> str:
    said = [("Standard: ", row.standard), ("Asked why, and heard: ", row.why_asked), ("It teaches: ", row.learned)]
    more = " ".join(f"<em>{name}</em>{escape(' '.join(text.split()))}" for name, text in said if text)
    opinion = " <em>(an opinion)</em>" if row.is_opinion else ""
    return f"<p>{escape(' '.join(row.saw.split()))}{opinion}</p>" + (f"<p>{more}</p>" if more else "")


def _asked(row: Question) -> str:
    return f"<p>{escape(' '.join(row.text.split()))}</p>"


def _promised(promises: Iterable[Promise]) -> Iterator[str]:
    rows = [
        f"<tr><td><p>{escape(row.words)}</p></td><td><p>{escape(row.owner.name)}</p></td>"
        f"<td><p>{day_words(row.due_on).replace(' ', UNBROKEN)}</p></td></tr>"
        for row in promises
    ]
    if rows:
        head = "<tr><th><p>What</p></th><th><p>Who</p></th><th><p>By</p></th></tr>"
        yield f"<table><tbody>{head}{''.join(rows)}</tbody></table>"
