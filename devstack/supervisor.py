"""Starts services, starts the dead ones again, stops all of them."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, field
from typing import Protocol

from devstack import processes
from devstack.places import Trouble
from devstack.progress import say

AT_ONCE = 5.0  # seconds: who dies sooner than this after its start has died at once
MOST_DEATHS_AT_ONCE = 5


class Service(Protocol):
    """A server or a program: anything with one process that should be running."""

    name: str
    process: processes.Process | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Watched:
    """A running service and how it has fared."""

    service: Service
    started_at: float = field(default_factory=time.monotonic)
    deaths_at_once: int = 0

    def has_died(self) -> bool:
        process = self.service.process
        return process is not None and process.poll() is not None

    def revive(self) -> None:
        """Start it again; raise Trouble when that does not help."""
        process, name = self.service.process, self.service.name
        at_once = time.monotonic() - self.started_at < AT_ONCE
        self.deaths_at_once = self.deaths_at_once + 1 if at_once else 1
        how = how_it_ended(process.returncode if process else 0)
        if self.deaths_at_once >= MOST_DEATHS_AT_ONCE:
            raise Trouble(
                f"{name} {how}, {self.deaths_at_once} times in a row right after its start; what it said is above."
            )
        say(f"{name} {how}: started again")
        if process:
            processes.kill_group(process)
        self.started_at = time.monotonic()
        self.service.start()


class Supervisor:
    """Owns services in the order of their start; the later ones need the earlier ones."""

    def __init__(self) -> None:
        self.watched: list[Watched] = []

    def start(self, service: Service) -> None:
        """Start `service` and own it from now on."""
        self.watched.append(Watched(service))
        service.start()

    def look_after(self) -> None:
        """Start again whoever has died. Raises Trouble when one dies again and again."""
        for watched in self.watched:
            if watched.has_died():
                watched.revive()

    def stop(self) -> None:
        """Programs all at the same time, then the servers they needed, last started first."""
        services = [watched.service for watched in reversed(self.watched)]
        for service in services:
            if ask := getattr(service, "ask_to_stop", None):
                ask()
        for service in services:
            service.stop()
        self.watched.clear()


def how_it_ended(code: int) -> str:
    """In words: 'was killed by SIGKILL', 'ended with exit code 3'."""
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
