"""What has to be true before anything is started; each failure is one sentence that says what to do."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import kombu
import kombu.exceptions
import psycopg

from devstack.places import Trouble


class RunningLock:
    """Held by the one copy that runs from a data folder; free again when that copy ends, however it ends."""

    def __init__(self, data: Path, address: str) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.file = (data / "running.lock").open("a+")
        self.file.seek(0)
        words = self.file.read()
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.close()
            other = json.loads(words or "{}")
            raise Trouble(
                f"It is already running from this checkout at {other.get('address', 'an unknown address')} "
                f"(process {other.get('pid', 'unknown')}): use that one, or stop it with Ctrl-C in its terminal."
            ) from None
        self.last_run_was_killed = bool(words)
        self._write(json.dumps({"pid": os.getpid(), "address": address}))

    def release(self) -> None:
        """Leave word that this run ended in good order."""
        self._write("")
        self.file.close()

    def _write(self, words: str) -> None:
        self.file.truncate(0)
        self.file.write(words)
        self.file.flush()


def port_is_free(port: int, *, patience: float = 0) -> None:
    """Raise Trouble when another program keeps `port` for longer than `patience` seconds."""
    end = time.monotonic() + patience
    while (error := _cannot_listen(port)) and time.monotonic() < end:
        time.sleep(0.1)
    if isinstance(error, PermissionError):
        raise Trouble(f"Port {port} is reserved for root: choose another one, ./run --port 8000.")
    if error:
        raise Trouble(
            f"Port {port} is in use by another program: stop that one, or choose another port, ./run --port {port + 1}."
        )


def database_answers(url: str) -> None:
    """Raise Trouble unless DATABASE_URL leads to a database."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[-1]
        raise Trouble(
            f"DATABASE_URL ({_without_password(url)}) cannot be reached: {said}. "
            "Start that server, or unset DATABASE_URL to use a private one."
        ) from None


def queue_answers(url: str) -> None:
    """Raise Trouble unless REDIS_URL leads to a Redis."""
    options = {"socket_connect_timeout": 5, "socket_timeout": 5}
    try:
        with kombu.Connection(url, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=5)
    except (OSError, KeyError, ValueError, kombu.exceptions.OperationalError) as error:
        raise Trouble(
            f"REDIS_URL ({_without_password(url)}) cannot be reached: {error}. "
            "Start that server, or unset REDIS_URL to use a private one."
        ) from None


def _cannot_listen(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error
    return None


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":...@") if parts.password else url
