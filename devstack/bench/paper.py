"""What a dense sheet costs on paper: python -m devstack.bench.paper. No database and no server are needed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import resource
import statistics
import sys
import time
from importlib import import_module
from typing import Any

BUDGET = {"CPU, seconds": 0.30, "memory, MB": 100.0, "file, kB": 400.0}
ROUNDS = 7
LINE = "{:<24} {:>8} {:>8}  {}"


def main() -> None:
    """Print a row per budget: the median of some warm renders in this process."""
    for name, value in {"LOCAL": "1", "SECRET_KEY": "x" * 50, "DATABASE_URL": "postgresql://x@/x?host=/x"}.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leipartners.settings")
    import_module("django").setup()
    figures = measured()
    print(LINE.format("PDF of a dense sheet", "", "budget", ""))
    for name, found in figures.items():
        print(LINE.format(name, f"{found:.2f}", f"{BUDGET[name]:.2f}", "over budget" if found > BUDGET[name] else ""))
    sys.stdout.flush()


def measured() -> dict[str, float]:
    """The richest sheet of the demo, drawn again and again."""
    job = dense()
    render = import_module("a3.pdf").render
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    printed = render(job)
    costs = []
    for number in range(ROUNDS):
        began = time.process_time()
        render(dataclasses.replace(job, short_code=f"{number:05}"))
        costs.append(time.process_time() - began)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    found = (statistics.median(costs), grown, len(printed.pdf) / 1000)
    return dict(zip(BUDGET, found, strict=True))


def dense() -> Any:
    """The print of the demo's fullest sheet."""
    rich = max(
        import_module("leipartners.demo.sheets").rich_sheets(), key=lambda sheet: sum(map(len, sheet.sections.values()))
    )
    sections = [
        {"pk": number, "number": number, "name": name, "hint": "", "body": body}
        for number, (name, body) in enumerate(rich.sections.items(), start=1)
    ]
    today = dt.date(2026, 11, 22)
    people = {role: {"name": getattr(rich, role)} for role in ("owner", "coach", "sponsor")}
    places = {"partner": {"name": rich.partner}, "site": {"name": rich.site}}
    head = {"title": rich.title, "code": "A3-0412", "round_number": 3, "started_on": today} | people | places
    address = "https://partners.example.org/a3/prints/1/"
    half = (len(sections) + 1) // 2
    job = import_module("a3.pdf").Job
    return job(sheet=head, left=sections[:half], right=sections[half:], address=address, short_code="7K3FQ", on=today)


if __name__ == "__main__":
    main()
