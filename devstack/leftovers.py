"""What a killed run leaves behind, and how it is cleared away before the next start."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

PROC = Path("/proc")


def clear_postgres(data: Path, sockets: Path) -> None:
    """Stop a server that still works in `data`, then drop the lock files of the dead one.

    The locks name a process id. A dead process that nobody reaps (a container without init) counts as alive
    for PostgreSQL, which would then refuse to start for ever.
    """
    urgency = [signal.SIGINT] + [0] * 59 + [signal.SIGQUIT] + [0] * 39  # a tenth of a second each
    for number in urgency:
        alive = _working_in(data)
        if not alive:
            break
        owner = _owner_of(data / "postmaster.pid")
        if number and owner in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(owner, number)
        time.sleep(0.1)
    for lock in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        lock.unlink(missing_ok=True)


def _owner_of(lock: Path) -> int:
    try:
        return int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _working_in(folder: Path) -> set[int]:
    """Processes with `folder` as working directory (PostgreSQL's all have their data folder), zombies left out."""
    if (PROC / "self").exists():
        return {int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit() and _works_in(entry, folder)}
    listing = subprocess.run(["ps", "-axo", "pid=,stat=,command="], capture_output=True, text=True, check=False).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    return {int(row[0]) for row in rows if len(row) == 3 and "Z" not in row[1] and str(folder) in row[2]}


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and (entry / "cwd").readlink() == folder
    except (OSError, IndexError):
        return False
