"""Measures pages in alternating runs: bare, page, bare, page, ... The median of the ratios is what counts."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from devstack.bench.pages import Page
from devstack.bench.visitor import Answer, Request, Visitor

BARE = Request("/bare/")
WARM_UP = 5


@dataclass(frozen=True)
class Figure:
    """What one page costs; or why that could not be measured."""

    page: Page
    ratio: float = 0
    milliseconds: float = 0
    bare: float = 0  # milliseconds
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
    if answer.status not in {200, 204}:
        return Figure(page, trouble=f"{request.path} answers {answer.status}")
    request = request.after(answer)
    request = repeat(visitor, request, WARM_UP)[1]
    repeat(staff, BARE, WARM_UP)
    bares, costs = [], []
    for _ in range(rounds):
        bares.append(cpu_per_request(staff, BARE, requests)[0])
        cost, request = cpu_per_request(visitor, request, requests)
        costs.append(cost)
    return Figure(
        page,
        ratio=statistics.median(cost / bare for cost, bare in zip(costs, bares, strict=True)),
        milliseconds=statistics.median(costs) / 1e6,
        bare=statistics.median(bares) / 1e6,
        queries=visitor.ask(request, count=True).queries,
    )


def cpu_per_request(visitor: Visitor, request: Request, requests: int) -> tuple[float, Request]:
    """Nanoseconds of the only web worker's CPU for one request, and the request that comes next.

    Everything between two answers is in it: reading the request, and writing the answer before.
    """
    first, request = repeat(visitor, request, 1)
    last, request = repeat(visitor, request, requests)
    return (last.process_time - first.process_time) / requests, request


def repeat(visitor: Visitor, request: Request, times: int) -> tuple[Answer, Request]:
    """Ask so many times; the last answer, and the request that comes next."""
    for _ in range(times):
        answer = visitor.ask(request)
        request = request.after(answer)
    return answer, request
