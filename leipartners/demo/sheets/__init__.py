"""Sheets of the demo that are richly and differently filled: one TOML file each, its texts in a light notation."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leipartners.demo.sheets.figures import RichFigure
from leipartners.demo.sheets.notation import html_of


@dataclass(frozen=True)
class RichRemark:
    """What the coach said on a section, or on words in it (`quote`); with `guest` and `email` a reviewer by link.

    `reply` is the owner's; `answered` settles it, by the change in `answered_in`.
    """

    section: str
    kind: str
    text: str
    quote: str = ""
    guest: str = ""
    email: str = ""
    reply: str = ""
    answered: bool = False
    answered_in: str = ""
    note: str = ""
    days_ago: int = 5


@dataclass(frozen=True)
class RichSheet:
    """One sheet: people by name, `role` and `position` for an owner new to the demo, sections as sanitised HTML."""

    slug: str
    type: str
    partner: str
    site: str
    title: str
    owner: str
    role: str
    position: str
    coach: str
    sponsor: str
    state: str
    ball: str
    rounds: int
    started_months_ago: int
    priority: str
    purpose: str
    alignment: str
    right_work: str
    sections: dict[str, str]
    earlier: dict[str, str]  # what sections said in all rounds but the last
    remarks: tuple[RichRemark, ...]
    figures: tuple[RichFigure, ...]


DEFAULTS: dict[str, Any] = {
    "type": "problem-solving",
    "role": "learner",
    "position": "",
    "coach": "",
    "sponsor": "",
    "state": "draft",
    "ball": "owner",
    "rounds": 0,
    "priority": "",
    "purpose": "",
    "alignment": "",
    "right_work": "",
}


@cache
def rich_sheets() -> tuple[RichSheet, ...]:
    """Return the sheets in the order of their files' names."""
    return tuple(_read(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def _read(path: Path) -> RichSheet:
    data = DEFAULTS | tomllib.loads(path.read_text())
    data["sections"] = {name: html_of(text) for name, text in data.get("sections", {}).items()}
    data["earlier"] = {name: html_of(text) for name, text in data.get("earlier", {}).items()}
    data["remarks"] = tuple(RichRemark(**remark) for remark in data.get("remarks", []))
    data["figures"] = tuple(RichFigure(**figure) for figure in data.get("figures", []))
    return RichSheet(slug=path.stem, **data)
