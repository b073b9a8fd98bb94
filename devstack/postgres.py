"""A private PostgreSQL on a unix socket."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path

import psycopg

from devstack import leftovers, places, postgres_install, processes
from devstack.places import Trouble

DATABASE = "leipartners"
SECONDS_TO_START = 60  # recovery after a kill can take a while on a slow disk
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    """PostgreSQL with its data below `home`. Not `durable` is faster and for tests only: a crash may lose its data."""

    name = "PostgreSQL"

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = places.home_for_servers(home)
        self.account = places.service_account()
        self.install = postgres_install.find(self.home)
        self.durable = durable
        self.folder = self.home / f"postgres-{self.install.major}"
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.sockets = places.socket_folder(self.home, "postgres")
        self.process: processes.Process | None = None

    def url(self, database: str = DATABASE) -> str:
        """What DATABASE_URL has to be to get here."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def describe(self) -> str:
        """Which PostgreSQL this is, for a progress line."""
        return f"{self.install.major} from {self.install.programs}"

    def start(self) -> None:
        """Start it, after a killed run too, with the database made. Raises Trouble with the end of its log."""
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        leftovers.clear_postgres(self.data, self.sockets)
        with self.log.open("ab") as log:
            self.process = processes.start(
                self._command(), env=_environment(), log=log, account=self.account, death_signal=signal.SIGINT
            )
        if not processes.wait_until(self._answers, self.process, seconds=SECONDS_TO_START):
            self.stop()
            raise Trouble(
                f"PostgreSQL ({self.install.programs}) did not start. The end of its log:\n{processes.tail(self.log)}"
            )
        self.make_database(DATABASE)

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything committed is on disk."""
        processes.stop(self.process, signal.SIGINT, signal.SIGQUIT)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            for folder in (self.folder, self.sockets):
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _make_cluster(self) -> None:
        """Beside its place first: a cluster that was half made when we were killed is never taken for a whole one."""
        half = self.folder / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions", *self._locale()]
        if not self.durable:
            options.append("--no-sync")
        done = processes.run(
            [self.install.programs / "initdb", "-D", half, *options], env=_environment(), account=self.account
        )
        if done.returncode:
            raise Trouble(f"{self.install.programs}/initdb failed:\n{done.stdout}{done.stderr}")
        shutil.rmtree(self.data, ignore_errors=True)
        half.rename(self.data)

    def _locale(self) -> list[str]:
        """Plain "C" would break lower() and ILIKE beyond ASCII; since 17 PostgreSQL brings a C.UTF-8 of its own."""
        if self.install.major >= 17:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=en_US.UTF-8" if sys.platform == "darwin" else "--locale=C.UTF-8"]

    def _command(self) -> processes.Command:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=300",
            "timezone=UTC",
            *(() if self.durable else CAREFREE),
        ]
        options = [word for setting in settings for word in ("-c", setting)]
        return [self.install.programs / "postgres", "-D", self.data, *options]

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), self._connect():
            return True
        return False

    def make_database(self, name: str) -> None:
        """Make an empty database of this name, unless there is one."""
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f"CREATE DATABASE {name}")

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5)


def _environment() -> dict[str, str]:
    """Ours without what would make PostgreSQL behave differently from machine to machine."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))} | {"LC_ALL": "C"}
