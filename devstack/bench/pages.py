"""The main pages: who opens them, how they are found, what they may cost. A new page is a new row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from devstack.bench.typing import autosave
from devstack.bench.visitor import Request, Visitor

NEWS = re.compile(r'data-(news|version|rows)="([^"]*)"')
Finder = Callable[[Visitor], Request | None]


@dataclass(frozen=True)
class Page:
    """A row of the table. Budgets: CPU as a ratio to the bare view, and queries."""

    name: str
    role: str  # of the demo sign-in; "" is nobody
    find: Finder
    ratio: float
    queries: int


def at(path: str) -> Finder:
    """A page with a fixed address."""
    return lambda _visitor: Request(path)


def behind(page: str, pattern: str, *, most: int = 8) -> Finder:
    """The fullest of the first pages linked on `page` whose address matches `pattern`."""

    def find(visitor: Visitor) -> Request | None:
        paths = visitor.links_on(page, pattern)[:most]
        return Request(max(paths, key=lambda path: len(visitor.ask(Request(path)).text))) if paths else None

    return find


def board_news(visitor: Visitor) -> Request | None:
    """What an open board asks every few seconds while nobody changes anything."""
    found = {name: unescape(value) for name, value in NEWS.findall(visitor.ask(Request("/coaching/")).text)}
    query = urlencode({"version": found["version"], "rows": found["rows"]})
    return Request(f"{found['news'].rstrip('?')}?{query}")


PAGES = (
    Page("My work", "change_agent", at("/"), 4.0, 8),
    Page("partners", "staff", at("/partners/"), 4.0, 6),
    Page("a partner", "staff", behind("/partners/", r"/partners/\d+/"), 4.0, 6),
    Page("schedule board", "staff", at("/coaching/"), 6.0, 6),
    Page("board, a month", "staff", at("/coaching/?range=month"), 6.0, 6),
    Page("board, a quarter", "staff", at("/coaching/?range=quarter"), 6.0, 6),
    Page("board by partner", "staff", at("/coaching/?by=partner"), 6.0, 6),
    Page("board, its news", "staff", board_news, 2.0, 3),
    Page("sheets", "coach", at("/a3/"), 4.0, 6),
    Page("the sheet", "change_agent", behind("/a3/", r"/a3/\d+/"), 6.0, 8),
    Page("the sheet, to its owner", "change_agent", behind("/a3/?show=mine", r"/a3/\d+/"), 6.0, 8),
    Page("autosave", "change_agent", autosave, 1.8, 4),
    Page("courses", "learner", at("/courses/"), 4.0, 6),
    Page("an offering", "learner", behind("/courses/", r"/courses/\d+/"), 4.0, 6),
    Page("courses in numbers", "staff", at("/courses/report/"), 4.0, 6),
    Page("courses, public", "", at("/courses/public/"), 4.0, 4),
    Page("an offering, public", "", behind("/courses/public/", r"/courses/public/\d+/"), 2.5, 4),
    Page("admin: enrollments", "administrator", at("/admin/courses/enrollment/"), 4.0, 6),
    Page("sign-in page", "", at("/accounts/login/"), 2.5, 4),
)
