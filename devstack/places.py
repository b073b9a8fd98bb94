"""Where things live on this machine: the checkout, short socket folders, and who can reach them."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = Path("/var/lib")
LONGEST_TEMP_FOLDER = 40  # a unix socket's path may have 103 bytes on macOS, 107 on Linux


class Trouble(SystemExit):
    """A failure that one sentence explains: it ends the program with exit code 1 and no traceback."""


def service_account() -> pwd.struct_passwd | None:
    """The account PostgreSQL runs under when we are root, which it refuses to run as; None for everybody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root and there is no account 'postgres' or 'nobody': add one, or set DATABASE_URL."
    )


def reachable_by_others(path: Path) -> bool:
    """Can an unprivileged account get to `path` (every folder above it lets others through)?"""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents) if folder.exists())


def home_for_servers(folder: Path) -> Path:
    """`folder` itself, or, when we are root and PostgreSQL's account cannot get there, a folder elsewhere.

    The other place is written down in `folder`, so that it is found again and moves with the checkout.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if service_account() is None or reachable_by_others(folder):
        return folder
    note = folder / "database-folder.txt"
    if note.exists() and (elsewhere := Path(note.read_text().strip())).is_dir():
        return elsewhere
    elsewhere = Path(tempfile.mkdtemp(prefix="leipartners-", dir=ELSEWHERE))
    elsewhere.chmod(0o755)
    note.write_text(f"{elsewhere}\n")
    return elsewhere


def socket_path(home: Path, tag: str) -> Path:
    """Where the sockets of the server that lives in `home` are: a path short enough for one."""
    digest = hashlib.sha256(f"{home}-{tag}".encode()).hexdigest()[:10]
    temp = tempfile.gettempdir()
    base = Path(temp if len(temp) <= LONGEST_TEMP_FOLDER else "/tmp")
    return base / f"leipartners-{os.getuid()}-{digest}"


def socket_folder(home: Path, tag: str) -> Path:
    """Make the folder at `socket_path`; only we and the server's account get in."""
    folder = socket_path(home, tag)
    folder.mkdir(mode=0o700, exist_ok=True)
    found, account = folder.lstat(), service_account()
    owners = {os.getuid()} | ({account.pw_uid} if account else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise Trouble(f"{folder} belongs to someone else: remove it, or set TMPDIR to a folder of your own.")
    return folder
