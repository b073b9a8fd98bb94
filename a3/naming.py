"""Who is meant by a name in a figure: one person who is on the sheet or works at its partner now, or nobody.

"Luis Ferrer", "luis ferrer" and "L. Ferrer" are the same; where two people answer to a name, it stays plain words.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from a3.figures import KINDS
from a3.models import Sheet
from partners.lib.fields import sort_key
from partners.models import Person


def with_people(sheet: Sheet, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a figure with a person for each name that means one."""
    columns = [column.name for column in KINDS[kind].columns if column.type == "who"]
    names = {row[name]["name"] for row in data["rows"] for name in columns if row.get(name)}
    meant = _meant(sheet, names)
    rows = [
        row | {name: row[name] | {"person": meant.get(row[name]["name"])} for name in columns if row.get(name)}
        for row in data["rows"]
    ]
    return data | {"rows": rows}


def people_of(sheet: Sheet) -> Any:
    """People who may be meant: those on the sheet, and those at its partner now."""
    named = [pk for pk in (sheet.owner_id, sheet.coach_id, sheet.sponsor_id) if pk]
    there = Person.objects.at_partner(sheet.partner)
    return Person.objects.filter(Q(pk__in=named) | Q(pk__in=there.values("pk")), is_active=True)


def _meant(sheet: Sheet, names: Iterable[str]) -> dict[str, int]:
    last_words = {sort_key(name).split()[-1] for name in names if name.strip()}
    if not last_words:
        return {}
    ending = Q()
    for word in last_words:
        ending |= Q(sort_name__endswith=word)
    people = list(people_of(sheet).filter(ending).values_list("pk", "sort_name"))
    found = {name: [pk for pk, key in people if _answers(key, sort_key(name))] for name in names}
    return {name: pks[0] for name, pks in found.items() if len(pks) == 1}


def _answers(full: str, asked: str) -> bool:
    """Whether somebody of this full name is meant: all words, or the first one as a letter."""
    words, wanted = full.split(), asked.replace(".", ". ").split()
    if words == wanted or not words or len(wanted) != len(words):
        return words == wanted
    return wanted[0].rstrip(".") == words[0][0] and wanted[1:] == words[1:]
