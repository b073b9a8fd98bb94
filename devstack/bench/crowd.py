"""Many at the same moment, over HTTP as people come: the last seats of an offering, and one day of a coach."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from queue import Empty, SimpleQueue
from typing import Any

from devstack.bench.crowded import REQUESTS, SEATS, VISITS
from devstack.bench.visitor import Request, Visitor
from devstack.places import ROOT, Trouble
from devstack.progress import say
from devstack.stack import Options, Stack

CLIENTS = 32
SEEN = re.compile(r'name="seen" value="([^"]*)"')
LINE = "{:<42} {:>8} {:>8}  {}"
LEAST_A_SECOND = 200
SLOWEST = 1.0  # seconds: p99 of the seats, and all of the coach's day
REFUSED = {409, 422}  # with a sentence that says why


@dataclass(frozen=True)
class Rush:
    """How long all took, and each."""

    seconds: float
    each: list[float]
    refused: int

    @property
    def a_second(self) -> float:
        return len(self.each) / self.seconds

    @property
    def p99(self) -> float:
        return sorted(self.each)[int(len(self.each) * 0.99)]


def show(options: argparse.Namespace) -> None:
    """Start the project as it runs in earnest, with two web workers, and print a row per figure."""
    os.environ["WEB_WORKERS"] = "2"
    data = ROOT / ".local" / "bench-1"
    stack = Stack(
        Options(data=data, port=options.port, yes=True, settings="devstack.bench.settings", programs=("web",))
    )
    try:
        stack.lock()
        stack.start()
        emails = {account["role"]: account for account in reversed(stack.accounts)}
        made = _asked_of(stack, emails["coach"]["email"])
        say("measuring", "the last seats")
        seats = _rush(_of(stack, emails["staff"]), "/courses/enrollments/{}/approve/", made["seats"], CLIENTS)
        say("measuring", "one day of a coach")
        day = _rush(_of(stack, emails["coach"]), "/coaching/visits/{}/confirm/", made["day"], VISITS)
        _print(seats, day, _asked_of(stack, emails["coach"]["email"], "--count"))
    finally:
        stack.stop()


def _print(seats: Rush, day: Rush, found: dict[str, int]) -> None:
    exact = (found["seats"], found["taken"], found["waiting"]) == (SEATS, SEATS, REQUESTS - SEATS)
    one = (found["confirmed"], day.refused) == (1, VISITS - 1)
    print(f"\n{'Many at once':<42} {'':>8} {'budget':>8}")
    rows = (
        (
            f"{SEATS} seats, {REQUESTS} of {CLIENTS}: a second",
            seats.a_second,
            LEAST_A_SECOND,
            seats.a_second < LEAST_A_SECOND,
        ),
        ("the slowest of a hundred, seconds", seats.p99, SLOWEST, seats.p99 > SLOWEST),
        ("seats taken", found["seats"], SEATS, not exact),
        (f"{VISITS} visits for one day, seconds", day.seconds, SLOWEST, day.seconds > SLOWEST),
        ("visits confirmed", found["confirmed"], 1, not one),
    )
    for name, figure, budget, is_over in rows:
        print(LINE.format(name, f"{figure:.4g}", budget, "over budget" if is_over else ""))
    sys.stdout.flush()


def _asked_of(stack: Stack, *arguments: str) -> dict[str, Any]:
    """What the program that makes and counts crowds says."""
    command = [sys.executable, "-m", "devstack.bench.crowded", *arguments]
    answer = subprocess.run(command, check=True, cwd=ROOT, env=stack.env, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _of(stack: Stack, account: dict[str, str]) -> Callable[[], Visitor]:
    """A maker of visitors who are all signed in as this person, each with a connection of their own."""
    first = Visitor(stack.options.port)
    first.sign_in(account["email"], account["password"])

    def another() -> Visitor:
        visitor = Visitor(stack.options.port)
        visitor.cookies = dict(first.cookies)
        return visitor

    return another


def _rush(visitors: Callable[[], Visitor], address: str, pks: list[int], clients: int) -> Rush:
    """Send a POST to the address of each, by so many clients at once; each first reads the page that has the form."""
    waiting: SimpleQueue[Request] = SimpleQueue()
    reader = visitors()
    token = reader.token_on("/accounts/password/change/")
    for pk in pks:
        fields = {"csrfmiddlewaretoken": token}
        if "confirm" in address:
            seen = SEEN.search(reader.ask(Request(address.format(pk))).text)
            fields["seen"] = unescape(seen[1]) if seen else ""
        waiting.put(Request(address.format(pk), fields))
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = [one for some in pool.map(lambda _n: _work(visitors(), waiting), range(clients)) for one in some]
    seconds = time.perf_counter() - began
    return Rush(seconds, [took for took, _status in found], sum(status in REFUSED for _took, status in found))


def _work(visitor: Visitor, waiting: SimpleQueue[Request]) -> list[tuple[float, int]]:
    """One client: how long each of its requests took, and how it was answered."""
    found: list[tuple[float, int]] = []
    while True:
        try:
            request = waiting.get_nowait()
        except Empty:
            visitor.close()
            return found
        began = time.perf_counter()
        answer = visitor.ask(request)
        found.append((time.perf_counter() - began, answer.status))
        visitor.cookies.pop("messages", None)  # the next page would have shown it
        if answer.status not in {200, 302, *REFUSED}:
            raise Trouble(f"{request.path} answers {answer.status}.")
