"""The three programs of the project: web server, worker and beat."""

from __future__ import annotations

import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from devstack import processes
from devstack.places import ROOT

PYTHON = (sys.executable, "-m")
WEB = ("gunicorn", "leipartners.wsgi:application")
WORKER = (
    "celery",
    "--quiet",
    "-A",
    "leipartners",
    "worker",
    "--concurrency",
    "2",
    "--without-gossip",
    "--without-mingle",
)
BEAT = ("celery", "--quiet", "-A", "leipartners", "beat", "--pidfile=")
SECONDS_FOR_A_PAGE = 60


class Program:
    """One of our own programs, run from the checkout with `env`."""

    def __init__(self, name: str, command: processes.Command, env: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.env = env
        self.process: processes.Process | None = None

    def start(self) -> None:
        """Start it; its lines go to our terminal."""
        self.process = processes.start(self.command, env=self.env, cwd=ROOT)

    def ask_to_stop(self) -> None:
        """Send SIGTERM without waiting: several programs stop at the same time."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait for it to finish what it does; SIGQUIT after a while (Celery hands its tasks back), then kill."""
        processes.stop(self.process, signal.SIGTERM, signal.SIGQUIT)


def all_programs(port: int, env: Mapping[str, str]) -> list[Program]:
    """Web server first: its address is what people wait for."""
    quiet = ("--loglevel", "WARNING")
    return [
        Program("web", [*PYTHON, *WEB, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"], env),
        Program("worker", [*PYTHON, *WORKER, *quiet], env),
        Program("beat", [*PYTHON, *BEAT, *quiet], env),
    ]


def page_answers(address: str) -> bool:
    """Does /healthz answer with 200?"""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
