"""./bench: what the main pages cost, at demo scale 1 and at --scale N."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys

from devstack import afresh
from devstack.bench import crowd, weight
from devstack.bench.measure import Figure, measure
from devstack.bench.pages import PAGES, Page
from devstack.bench.visitor import Visitor
from devstack.places import ROOT, Trouble
from devstack.progress import say
from devstack.stack import Options, Stack

LINE = "{:<24} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8}  {}"
GROWTH = 1.3  # a page at the bigger scale may cost so many times what it costs at scale 1


def main() -> None:
    """Print a table per scale."""
    parser = argparse.ArgumentParser(
        prog="./bench", description="CPU and queries of the main pages, beside their budgets."
    )
    parser.add_argument("--scale", type=int, default=1, help="measure at this demo scale too (1)")
    parser.add_argument("--port", type=int, default=8090, help="port of the web server (8090)")
    parser.add_argument("--rounds", type=int, default=7, help="alternating runs per page (7)")
    parser.add_argument("--requests", type=int, default=20, help="requests per run (20)")
    parser.add_argument("--fresh", action="store_true", help="load the demo program again, in its newest form")
    parser.add_argument("--page", default="", help="only pages with this in their name")
    options = parser.parse_args()
    first: dict[str, Figure] = {}
    for scale in sorted({1, options.scale}):
        figures, scripts = bench(scale, options)
        show(scale, figures, first)
        show_weight(scripts)
        first = first or {figure.page.name: figure for figure in figures}
    if not options.page or options.page in "crowd":
        crowd.show(options)
    if not options.page or options.page in "paper":
        subprocess.run([sys.executable, "-m", "devstack.bench.paper"], check=True, cwd=ROOT)


def bench(scale: int, options: argparse.Namespace) -> tuple[list[Figure], float]:
    """Start the project with a database of this scale, measure, stop. The database is kept for the next time.

    Returns what the pages cost, and the kilobytes of scripts with which one writes on a sheet.
    """
    os.environ["WEB_WORKERS"] = "1"  # two answers of one process enclose what it did between them
    stack = Stack(
        Options(
            data=ROOT / ".local" / f"bench-{scale}",
            port=options.port,
            fresh=options.fresh,
            yes=True,
            scale=scale,
            settings="devstack.bench.settings",
            programs=("web",),
        )
    )
    try:
        stack.lock()
        if options.fresh:
            afresh.start_afresh(stack.options)
        stack.start()
        visitors = sign_in(stack)
        wanted = [page for page in PAGES if options.page in page.name]
        return [measured(page, visitors, options) for page in wanted], weight.editing(visitors["change_agent"])
    finally:
        stack.stop()


def measured(page: Page, visitors: dict[str, Visitor], options: argparse.Namespace) -> Figure:
    """One row, said aloud: it takes a few seconds."""
    say("measuring", page.name)
    return measure(page, visitors[page.role], visitors["staff"], rounds=options.rounds, requests=options.requests)


def sign_in(stack: Stack) -> dict[str, Visitor]:
    """One visitor per role of the demo, and nobody."""
    if not stack.accounts:
        raise Trouble(f"There is no demo program in {stack.options.data}: delete that folder and try again.")
    visitors = {"": Visitor(stack.options.port)}
    for account in stack.accounts:
        if account["role"] not in visitors:
            visitor = visitors[account["role"]] = Visitor(stack.options.port)
            visitor.sign_in(account["email"], account["password"])
    return visitors


def show(scale: int, figures: list[Figure], first: dict[str, Figure]) -> None:
    """The table of one scale; the growth beside it when there is one to compare with."""
    bare = statistics.median([figure.bare for figure in figures if not figure.trouble] or [0])
    print(f"\nDemo scale {scale}: CPU as a ratio to a bare view of the same server, which takes {bare:.2f} ms\n")
    print(LINE.format("page", "ratio", "budget", "ms", "queries", "budget", "growth", ""))
    for figure in figures:
        page = figure.page
        if figure.trouble:
            print(LINE.format(page.name, "-", page.ratio, "-", "-", page.queries, "", figure.trouble))
            continue
        growth = figure.ratio / first[page.name].ratio if page.name in first and first[page.name].ratio else 0
        over = figure.over_budget or growth > GROWTH
        numbers = (
            f"{figure.ratio:.2f}x",
            f"{page.ratio:.1f}x",
            f"{figure.milliseconds:.2f}",
            figure.queries,
            page.queries,
        )
        grown = f"{growth:.2f}x" if growth else ""
        print(LINE.format(page.name, *numbers, grown, "over budget" if over else ""))
    sys.stdout.flush()


def show_weight(scripts: float) -> None:
    """One row below the table."""
    over = "over budget" if scripts > weight.BUDGET else ""
    print(LINE.format("writing: scripts, kB", f"{scripts:.1f}", weight.BUDGET, "", "", "", "", over))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
