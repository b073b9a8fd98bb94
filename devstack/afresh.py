"""Deletes what ./run has made, and nothing else."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from devstack import leftovers
from devstack.places import Trouble
from devstack.progress import say
from devstack.stack import Options

OURS = ("redis", "files", "mail", "static", "beat*", "secret-key", "postgres-*", "database-folder.txt")


def start_afresh(options: Options) -> None:
    """Delete what ./run has made in the data folder, when that is really wanted."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "--fresh deletes the private database only: unset DATABASE_URL, or empty that database by its own means."
        )
    if not options.yes and not _agreed(options.data):
        raise Trouble("Nothing was deleted.")
    note = options.data / "database-folder.txt"
    homes = [options.data, *([Path(note.read_text().strip())] if note.exists() else [])]
    for home in homes:
        for cluster in home.glob("postgres-*/data"):
            leftovers.clear_postgres(cluster, cluster / "no-sockets")
        for found in [path for name in OURS for path in home.glob(name)]:
            shutil.rmtree(found) if found.is_dir() else found.unlink()
    say("old data deleted")


def _agreed(data: Path) -> bool:
    if not sys.stdin.isatty():
        raise Trouble("--fresh asks before it deletes and there is nobody to ask here: add --yes.")
    return input(f"Delete the database and all files in {data}? Type yes: ").strip().lower() == "yes"
