"""Measures pages in alternating runs: bare, page, bare, page, ... The median of the ratios is what counts."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from devstack.bench.pages import Page
from devstack.bench.visitor import Request, Visitor

BARE = Request("/bare/")
WARM_UP = 5


@dataclass(frozen=True)
class Figure:
    """What one page costs; or why that could not be measured."""

    page: Page
    ratio: float = 0
    milliseconds: float = 0
    queries: int = 0
    trouble: str = ""

    @property
    def over_budget(self) -> bool:
        return self.ratio > self.page.ratio or self.queries > self.page.queries


def measure(page: Page, visitor: Visitor, staff: Visitor, *, rounds: int, requests: int) -> Figure:
    """Cost of `page` as `visitor` sees it; `staff` opens the bare page."""
    request = page.find(visitor)
    if request is None:
        return Figure(page, trouble="no such page was found")
    answer = visitor.ask(request)
    if answer.status != 200:
        return Figure(page, trouble=f"{request.path} answers {answer.status}")
    for _ in range(WARM_UP):
        visitor.ask(request)
        staff.ask(BARE)
    ratios, costs = [], []
    for _ in range(rounds):
        bare = cpu_per_request(staff, BARE, requests)
        costs.append(cpu_per_request(visitor, request, requests))
        ratios.append(costs[-1] / bare)
    queries = visitor.ask(request, count=True).queries
    return Figure(page, statistics.median(ratios), statistics.median(costs) / 1e6, queries)


def cpu_per_request(visitor: Visitor, request: Request, requests: int) -> float:
    """Nanoseconds of the only web worker's CPU for one request, everything between two answers included."""
    before = visitor.ask(request).process_time
    for _ in range(requests - 1):
        visitor.ask(request)
    return (visitor.ask(request).process_time - before) / requests
