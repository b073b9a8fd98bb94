"""Everything that is checked before a change lands, in order: `./test`, `make check` and the build server run this."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from devstack import browser
from devstack.places import ROOT

NOWHERE = {"DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent", "REDIS_URL": "redis://127.0.0.1:1/0"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "partners.example.org",
    "SITE_URL": "https://partners.example.org",
    "SMTP_URL": "smtp://mail.example.org",
    "FROM_EMAIL": "LEI Partners <partners@example.org>",
    "LOCAL": "",
    "DEBUG": "",
    "DEMO": "",
    **NOWHERE,
}


@dataclass(frozen=True)
class Stage:
    """One thing that is checked, by one or more commands."""

    name: str
    commands: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


STAGES = (
    Stage("format", ("ruff format --check .", "djangofmt --check templates")),
    Stage("lint", ("ruff check .", "djlint --lint --quiet templates")),
    Stage("types", ("mypy .",)),
    Stage("import contracts", ("lint-imports --no-logo",)),
    Stage("migrations", ("python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run",), PRODUCTION),
    Stage("production settings", ("python manage.py check --deploy --fail-level WARNING",), PRODUCTION),
)
# One worker more than there are processors: much of a browser test is waiting. The last ones are shared out anew.
PYTEST = f"python -m pytest -n {(os.cpu_count() or 1) + 1} --dist worksteal"
TESTS = Stage("tests", (PYTEST,))
TESTS_WITHOUT_BROWSER = Stage("tests", (f"{PYTEST} --ignore=tests/browser",), {"DEVSTACK_WITHOUT_BROWSER": "1"})


def main() -> int:
    """Run the stages up to the first that fails; 0 only if all of them pass, browser tests included."""
    began = time.monotonic()
    for stage in STAGES:
        if not passes(stage):
            print(
                f"\nFAILED at {stage.name} after {time.monotonic() - began:.0f} s. The stages after it were not run.",
                flush=True,
            )
            return 1
    if browser.find():
        return 0 if passes(TESTS) else 1
    passes(TESTS_WITHOUT_BROWSER)
    return 1


def passes(stage: Stage) -> bool:
    """Run the commands of `stage`, say how long they took."""
    print(f"--- {stage.name}", flush=True)
    began = time.monotonic()
    done = all(run(command, stage.env) for command in stage.commands)
    if stage.name != TESTS.name:
        print(f"    {'ok' if done else 'FAILED'}, {time.monotonic() - began:.1f} s", flush=True)
    return done


def run(command: str, env: Mapping[str, str]) -> bool:
    """Run one command with the programs of our environment; True if it succeeds."""
    program, *arguments = command.split()
    path = Path(sys.executable).parent / program
    return subprocess.run([path, *arguments], cwd=ROOT, env=os.environ | dict(env), check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
