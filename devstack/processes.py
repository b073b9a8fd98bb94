"""Child processes that never outlive their parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
Command = Sequence[str | Path]
Process = subprocess.Popen[bytes]


def start(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: IO[bytes] | None = None,
    out: IO[bytes] | int | None = None,
    account: pwd.struct_passwd | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> Process:
    """Start `command` in a session of its own (Ctrl-C reaches only us), as `account` if given.

    Its output goes to `log`, or stdout alone to `out`, else to our terminal. On Linux it gets `death_signal` when we
    die, however we die.
    """
    return subprocess.Popen(
        command,
        env=env,
        cwd="/" if account else cwd,
        stdin=subprocess.DEVNULL,
        stdout=log or out,
        stderr=log,
        start_new_session=True,
        preexec_fn=_die_with_parent(death_signal),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def run(
    command: Command, *, env: Mapping[str, str], account: pwd.struct_passwd | None
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end as `account`; its output is in the answer."""
    return subprocess.run(
        command,
        env=env,
        cwd="/" if account else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def stop(process: Process | None, *signals: signal.Signals, patience: float = 10) -> None:
    """Ask `process` to end by each of `signals` in turn, `patience` seconds each; then kill it and its group."""
    if process is None:
        return
    for number in signals:
        if process.poll() is None:
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            break
    kill_group(process)


def kill_group(process: Process) -> None:
    """Kill what is left of `process` and of the children that stayed in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(answers: Callable[[], bool], process: Process, *, seconds: float) -> bool:
    """True once `answers()` does; False when `process` ends or `seconds` pass before that."""
    end = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def in_child() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return in_child
