"""A database with all migrations applied, as the template of the tests' databases.

Applying them costs a third of a minute, mostly for models that Django draws anew after each step. So it is done once
per state of the migrations, and kept as a dump below .local/: the next run restores it within a second.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from devstack.places import ROOT, Trouble
from devstack.postgres import Postgres

NAME = "migrated"
KEPT = ROOT / ".local" / "migrated"


def make(postgres: Postgres) -> str:
    """Make the template on this server and return its name."""
    postgres.make_database(NAME)
    dump = KEPT / f"{_digest(postgres)}.dump"
    if not (dump.exists() and _restore(postgres, dump)):
        _migrate(postgres)
        _keep(postgres, dump)
    return NAME


def _digest(postgres: Postgres) -> str:
    """Stands for the migrations of our apps, of the packages, and for the server that wrote the dump."""
    sources = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements/test.txt"]
    seen = hashlib.sha256(str(postgres.install.programs).encode())
    for source in sources:
        seen.update(source.read_bytes())
    return seen.hexdigest()[:20]


def _restore(postgres: Postgres, dump: Path) -> bool:
    """False when the dump cannot be used; the database is empty then."""
    program = postgres.install.programs / "pg_restore"
    done = subprocess.run(
        [program, "--single-transaction", "-d", postgres.url(NAME), dump], capture_output=True, check=False
    )
    return done.returncode == 0


def _migrate(postgres: Postgres) -> None:
    command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"]
    env = os.environ | {"DATABASE_URL": postgres.url(NAME)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"The migrations could not be applied:\n{done.stdout}{done.stderr}")


def _keep(postgres: Postgres, dump: Path) -> None:
    """Keep the newest alone; where the server comes without pg_dump nothing is kept."""
    program = postgres.install.programs / "pg_dump"
    if not program.exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    half = dump.with_suffix(f".{os.getpid()}")
    done = subprocess.run([program, "-Fc", "-f", half, postgres.url(NAME)], capture_output=True, check=False)
    if done.returncode:
        half.unlink(missing_ok=True)
        return
    for old in KEPT.glob("*.dump"):
        old.unlink(missing_ok=True)
    half.rename(dump)
