"""What one version of a sheet says: everything that goes on its paper, as plain data that a print keeps.

A version is {"sheet": {"title", "code", "round_number", "started_on", "partner", "site", "owner", ...}, "on",
"sections", "figures", "remarks"}. Its sections and figures are written as a round writes them; days are ISO.
"""

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from a3.contents import content_of
from a3.drawings import Drawings
from a3.models import Remark, Round, Sheet
from a3.passages import Passage, Pen
from a3.pdf.press import design
from partners.models import Person

type Version = dict[str, Any]


def version_of(sheet_pk: int, *, frozen: Round | None = None, with_remarks: bool = False) -> Version:
    """Return what the sheet says now; or what it said in a round, under the names that are on the sheet now."""
    sheet = Sheet.objects.with_people().get(pk=sheet_pk)
    content = frozen.content if frozen else content_of(sheet)
    changed_at = frozen.handed_over_at if frozen else sheet.updated_at
    head = _head(sheet) | {
        "title": content["title"],
        "round_number": frozen.number if frozen else sheet.round_number,
    }
    return {
        "sheet": head,
        "on": timezone.localtime(changed_at, sheet.site.tzinfo).date().isoformat(),
        "sections": content["sections"],
        "figures": content.get("figures", {}),
        "remarks": _remarks(sheet, frozen) if with_remarks else [],
    }


def key_of(version: Version, *, paper: str, with_remarks: bool = False) -> str:
    """A hash of everything on the paper, and of how it is drawn."""
    whole = json.dumps([paper, with_remarks, settings.SITE_URL, design(), version], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def shown(version: Version) -> dict[str, Any]:
    """What the template of a sheet wants, on paper and on the page of a print."""
    on = dt.date.fromisoformat(version["on"])
    sections = [section | {"pk": section["number"]} for section in version["sections"]]
    head = version["sheet"] | {"started_on": dt.date.fromisoformat(version["sheet"]["started_on"]), "updated_at": on}
    return {
        "sheet": head,
        "left": [section for section in sections if section["half"] == "left"],
        "right": [section for section in sections if section["half"] == "right"],
        "on": on,
        "drawings": Drawings(version["figures"], today=on),
        "remarks": version["remarks"],
        "pens": _pens(version),
    }


def _head(sheet: Sheet) -> dict[str, Any]:
    return {
        "code": sheet.code,
        "started_on": sheet.started_on.isoformat(),
        "partner": {"name": sheet.partner.name},
        "site": {"name": sheet.site.name},
        "owner": _named(sheet.owner),
        "coach": _named(sheet.coach),
        "sponsor": _named(sheet.sponsor),
    }


def _named(person: Person | None) -> dict[str, str] | None:
    return {"name": person.name} if person else None


def _remarks(sheet: Sheet, frozen: Round | None) -> list[dict[str, Any]]:
    """Threads numbered as they were made; of a round, those made while it was written."""
    rows = (
        Remark.objects.filter(sheet=sheet)
        .with_speakers()
        .select_related("section__type", "answered_in__type")
        .order_by("made_at", "pk")
    )
    if frozen:
        rows = rows.filter(round_number__lte=frozen.number)
    threads: dict[int, dict[str, Any]] = {}
    for remark in rows:
        said = {"text": remark.text, "by": remark.speaker.name, "on": _day(remark.made_at, sheet)}
        if remark.parent_id is None:
            threads[remark.pk] = said | _about(remark, sheet) | {"number": len(threads) + 1, "replies": []}
        elif remark.parent_id in threads:
            threads[remark.parent_id]["replies"].append(said)
    return list(threads.values())


def _about(remark: Remark, sheet: Sheet) -> dict[str, Any]:
    return {
        "position": remark.section.type.position,
        "section": f"{remark.section.type.position} {remark.section.type.name}",
        "kind": remark.get_kind_display(),
        "quote": remark.quote,
        "before": remark.before,
        "after": remark.after,
        "answered_on": _day(remark.answered_at, sheet) if remark.answered_at else "",
        "answered_in": str(remark.answered_in or ""),
        "answer_quote": remark.answer_quote,
        "answer_note": remark.answer_note,
    }


def _pens(version: Version) -> dict[int, list[Pen]]:
    """The marks of all remarks on passages, by the number of their section."""
    found: dict[int, list[Pen]] = {}
    for thread in version["remarks"]:
        if thread["quote"]:
            passage = Passage(thread["quote"], thread["before"], thread["after"])
            pen = Pen(thread["number"], f"mark-{thread['number']}", f"#remark-{thread['number']}", passage)
            found.setdefault(thread["position"], []).append(pen)
    return found


def _day(at: dt.datetime, sheet: Sheet) -> str:
    return f"{timezone.localtime(at, sheet.site.tzinfo):%-d %b %Y}"
