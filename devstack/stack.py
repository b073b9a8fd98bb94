"""The whole stack as ./run starts it: what is needed, in which order, with which environment."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from devstack import guards, processes, programs
from devstack.places import ROOT, Trouble
from devstack.postgres import Postgres
from devstack.progress import BEGAN, say
from devstack.redis import Redis
from devstack.supervisor import Supervisor

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_FOR_A_KILLED_RUN = 10  # its children end by themselves, the web server last


@dataclass(frozen=True)
class Options:
    """What the command line said."""

    data: Path
    port: int = 8000
    demo: bool = True
    fresh: bool = False
    yes: bool = False
    scale: int = 1
    settings: str = "leipartners.settings"
    programs: tuple[str, ...] = ("web", "worker", "beat")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Stack:
    """Servers and programs of one checkout."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.supervisor = Supervisor()
        self.accounts: list[dict[str, str]] = []
        self.running: guards.RunningLock | None = None
        self.env = os.environ | {
            "DATA_DIR": str(options.data),
            "SITE_URL": options.address,
            "LOCAL": "1",
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            "DJANGO_SETTINGS_MODULE": options.settings,
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser",  # it is our own machine
            "DEVSTACK_BEGAN": str(BEGAN),
        }

    def lock(self) -> None:
        """Refuse to start beside a second copy or another program on our port."""
        self.running = guards.RunningLock(self.options.data, self.options.address)
        killed = self.running.last_run_was_killed
        guards.port_is_free(self.options.port, patience=SECONDS_FOR_A_KILLED_RUN if killed else 0)

    def start(self) -> None:
        """Everything up to the first page. Raises Trouble."""
        self._start_servers()
        self._provide_secret()
        self.accounts = self._prepare()
        self.env["DEMO"] = "1" if self.accounts else ""
        for program in programs.all_programs(self.options.port, self.env):
            if program.name in self.options.programs:
                self.supervisor.start(program)
            if program.name == "web":  # before the others: its page is what people wait for
                self._wait_for_first_page()

    def welcome(self) -> None:
        """Say where the first page is and who may sign in."""
        say(f"ready: {self.options.address}/  (Ctrl-C stops everything)")
        if self.accounts:
            print("\nDemo sign-ins:")
        for account in self.accounts:
            print(f"  {account['role']:<16} {account['email']:<36} {account['password']:<28} {account['partner']}")
        print(flush=True)

    def watch(self) -> None:
        """Look after the children for ever."""
        while True:
            self.supervisor.look_after()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def stop(self) -> None:
        """Stop whatever was started."""
        self.supervisor.stop()
        if self.running:
            self.running.release()

    def _start_servers(self) -> None:
        if url := self.env.get("DATABASE_URL"):
            guards.database_answers(url)
        else:
            postgres = Postgres(self.options.data)
            self.supervisor.start(postgres)
            self.env["DATABASE_URL"] = postgres.url()
            say("PostgreSQL", postgres.describe())
        if url := self.env.get("REDIS_URL"):
            guards.queue_answers(url)
        else:
            redis = Redis(self.options.data)
            self.supervisor.start(redis)
            self.env["REDIS_URL"] = redis.url()
            say("Redis", redis.describe())

    def _provide_secret(self) -> None:
        """A secret of this data folder's own, made once; SECRET_KEY or SECRET_KEY_FILE choose another."""
        if self.env.get("SECRET_KEY") or self.env.get("SECRET_KEY_FILE"):
            return
        file = self.options.data / "secret-key"
        if not file.exists() or not file.read_text():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50))
        self.env["SECRET_KEY_FILE"] = str(file)

    def _prepare(self) -> list[dict[str, str]]:
        command = [sys.executable, "-m", "devstack.prepare", *self._demo()]
        process = processes.start(command, env=self.env, cwd=ROOT, out=subprocess.PIPE)
        try:
            answer, _ = process.communicate()
        finally:
            processes.kill_group(process)
        if process.returncode:
            raise Trouble("The database could not be brought up to date; the reason is above.")
        accounts: list[dict[str, str]] = json.loads(answer)
        return accounts

    def _demo(self) -> list[str]:
        return ["--demo", "--scale", str(self.options.scale)] if self.options.demo else []

    def _wait_for_first_page(self) -> None:
        end = time.monotonic() + programs.SECONDS_FOR_A_PAGE
        while not programs.page_answers(self.options.address):
            if time.monotonic() > end:
                raise Trouble(
                    f"The web server did not answer within {programs.SECONDS_FOR_A_PAGE} s; what it said is above."
                )
            self.supervisor.look_after()
            time.sleep(SECONDS_BETWEEN_LOOKS / 4)
