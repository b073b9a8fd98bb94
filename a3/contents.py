"""What a sheet says: as a round keeps it, and which sections two such copies tell apart."""

import re
from typing import Any

from a3.drawings import figures_of, kept_of
from a3.models import Sheet

type Content = dict[str, Any]

PROGRESS = {"begun_on", "done_on", "values"}
FIGURE = re.compile(r'data-figure="(\d+)"')


def content_of(sheet: Sheet) -> Content:
    """What the sheet says now, as a round keeps it."""
    now = list(sheet.sections.in_order())
    sections = [{"number": s.number, "half": s.half, "name": s.name, "hint": s.hint, "body": s.body} for s in now]
    return {"title": sheet.title, "sections": sections, "figures": kept_of(figures_of(now))}


def changed_sections(then: Content, now: Content) -> list[str]:
    """Name the sections, such as "5 Countermeasures", whose text or figures are not the same in both copies."""
    before, after = _by_number(then), _by_number(now)
    numbers = [
        number
        for number in sorted(before.keys() | after.keys())
        if _substance(before.get(number), then) != _substance(after.get(number), now)
    ]
    return [f"{number} {(after.get(number) or before[number])['name']}" for number in numbers]


def _by_number(content: Content) -> dict[int, dict[str, Any]]:
    return {section["number"]: section for section in content["sections"]}


def _substance(section: dict[str, Any] | None, content: Content) -> tuple[str, list[Any]]:
    """The text, and the figures that stand in it; a section that is not there says what an empty one says."""
    body = section["body"] if section else ""
    figures = content.get("figures", {})
    return body, [_agreed(figures.get(found)) for found in FIGURE.findall(body)]


def _agreed(figure: dict[str, Any] | None) -> Any:
    """What of a figure people agree on: a step that is done, or one more value, is that taking its course."""
    if figure is None or figure["kind"] not in {"plan", "measures"}:
        return figure
    rows = [{name: row[name] for name in row if name not in PROGRESS} for row in figure["data"]["rows"]]
    return figure | {"data": figure["data"] | {"rows": rows}}
