"""What changed on a sheet between two copies of it: section by section, words, cells and figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from a3 import figures
from a3.comparing import Cells, Comparer, Figures
from a3.contents import Content, changed_sections
from a3.drawings import Drawings


@dataclass(frozen=True)
class Change:
    """One section in both copies; `html` shows what went and what came; both were sanitised."""

    number: int
    name: str
    html: str
    is_changed: bool

    @property
    def is_marked(self) -> bool:
        """Whether words or figures differ, not only how words are set."""
        return any(sign in self.html for sign in ("<ins>", "<del>", 'class="two-figures"', 'class="figure-'))


def changes_between(then: Content, now: Content, *, today: dt.date, only: int | None = None) -> list[Change]:
    """Compare section by section, in the order of their numbers; `only` one of them if asked."""
    comparer = Comparer(_figures(then, now, today))
    changed = set(changed_sections(then, now))
    before, after = ({s["number"]: s for s in content["sections"]} for content in (then, now))
    out = []
    for number in sorted(before.keys() | after.keys()):
        if only in (None, number):
            name = (after.get(number) or before[number])["name"]
            html = comparer.compare(_body(before.get(number)), _body(after.get(number)))
            is_changed = f"{number} {name}" in changed or "<ins>" in html or "<del>" in html
            out.append(Change(number, name, html, is_changed))
    return out


def _body(section: dict[str, Any] | None) -> str:
    return section["body"] if section else ""


def _figures(then: Content, now: Content, today: dt.date) -> Figures:
    old, new = then.get("figures", {}), now.get("figures", {})
    return Figures(
        Drawings(old, today=today, name="then").drawn,
        Drawings(new, today=today, name="now").drawn,
        lambda number: old.get(number) == new.get(number),
        lambda number: _cells(old.get(number), new.get(number)),
    )


def _cells(old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[Cells]:
    if old == new or not old or not new or old["kind"] != new["kind"]:
        return []
    then, now = _entered(old), _entered(new)
    return [(name, then[name], now[name]) for name in then if name in now]


def _entered(kept: dict[str, Any]) -> dict[str, str]:
    """Nothing of one that cannot be understood any more."""
    try:
        parsed = figures.parse(kept["kind"], kept["data"])
    except figures.BadFigure:
        return {}
    return figures.entered(kept["kind"], parsed, title=kept["title"], description=kept["description"])
