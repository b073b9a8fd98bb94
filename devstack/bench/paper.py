"""What a dense sheet costs on paper: python -m devstack.bench.paper. No database and no server are needed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import resource
import sys
import time
from importlib import import_module
from io import BytesIO
from typing import Any

BUDGET = {"CPU, seconds": 0.30, "memory, MB": 100.0, "file, kB": 400.0}
ROUNDS = 9
LINE = "{:<24} {:>8} {:>8}  {}"
ON = dt.date(2026, 11, 22)
BOXES = [
    "Background",
    "Purpose",
    "Current",
    "Customers",
    "Goal",
    "Analysis",
    "Countermeasures",
    "Choice",
    "Plan",
    "Risks",
    "Follow-up",
    "Learned",
]
WORDS = (
    "We stood at the line for five mornings and wrote down every minute in which nobody could go on, and why. Most of "
    "it is waiting for one another: the release comes when the laboratory opens, the foil when somebody calls for it, "
    "the signature at ten to six. Nobody is idle, and yet 60 of 101 minutes are lost before the first good cup. The "
    "crew saw this with us, named three causes of its own, and chose two."
)
STANDS = {3: "1 2", 9: "6"}  # the figures of the demo's first sheet by the box they stand in
PHOTOS = (4, 10)


def main() -> None:
    """Print a row per budget: the least of some warm renders in this process, since others may use the machine."""
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
    """The same sheet drawn again and again; memory is what the process has grown by, the libraries with it."""
    job, render = dense(), import_module("a3.pdf").render
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    printed = render(job)
    costs = []
    for number in range(ROUNDS):
        began = time.process_time()
        render(dataclasses.replace(job, short_code=f"{number:05}"))
        costs.append(time.process_time() - began)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    found = (min(costs), grown, len(printed.pdf) / 1000)
    return dict(zip(BUDGET, found, strict=True))


def dense() -> Any:
    """A sheet of 1,000 words in twelve boxes, with three figures, a table and two photos."""
    rich = import_module("leipartners.demo.sheets").rich_sheets()[0]
    parse, drawings = import_module("a3.figures").parse, import_module("a3.drawings").Drawings
    kept = {
        str(number): {"kind": figure.kind, "title": figure.title, "description": figure.note}
        | {"data": parse(figure.kind, figure.data(ON)).as_data()}
        for number, figure in enumerate(rich.figures, start=1)
    }
    sections = [
        {"pk": number, "number": number, "name": name, "hint": "What do you know, and how?", "body": body(number)}
        for number, name in enumerate(BOXES, start=1)
    ]
    sections[4]["body"] += rich.sections["Goal"]
    people = {role: {"name": getattr(rich, role)} for role in ("owner", "coach", "sponsor")}
    places = {"partner": {"name": rich.partner}, "site": {"name": rich.site}}
    head = {"title": rich.title, "code": "A3-0412", "round_number": 3, "started_on": ON} | people | places
    site = import_module("django.conf").settings.SITE_URL
    return import_module("a3.pdf").Job(
        sheet=head,
        left=sections[:6],
        right=sections[6:],
        address="https://partners.example.org/a3/prints/1/",
        short_code="7K3FQ",
        on=ON,
        drawings=drawings(kept, today=ON),
        pictures={f"{site}/a3/photos/{number}/": photo(number).__bytes__ for number in PHOTOS},
    )


def body(number: int) -> str:
    """The text of one box, with what stands in it."""
    figures = "".join(f'<figure data-figure="{figure}"></figure>' for figure in STANDS.get(number, "").split())
    picture = f'<img src="/a3/photos/{number}/" alt="What we saw">' if number in PHOTOS else ""
    return f"<p>{WORDS}</p>{figures}{picture}"


def photo(seed: int) -> bytes:
    """What paper shows of a photo as a phone takes it: coarse shapes, fine ones, and grain."""
    image = import_module("PIL.Image")
    whole = image.new("RGB", (1200, 900))
    for across, share in ((8, 1.0), (32, 0.5), (120, 0.4), (400, 0.22), (1200, 0.08)):
        size = (across, across * 3 // 4)
        grain = hashlib.shake_256(f"{seed} {across}".encode()).digest(size[0] * size[1] * 3)
        layer = image.frombytes("RGB", size, grain)
        whole = image.blend(whole, layer.resize(whole.size, image.Resampling.BICUBIC), share)
    out = BytesIO()
    whole.save(out, "JPEG", quality=92)
    found: bytes = import_module("a3.pictures").prepare(out, size=out.tell()).for_paper
    return found


if __name__ == "__main__":
    main()
