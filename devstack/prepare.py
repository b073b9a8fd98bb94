"""Brings database and static files up to date: `python -m devstack.prepare [--demo [--scale N]]`.

Its progress goes to stderr; stdout is the demo sign-ins as JSON, an empty list when there are none.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection

from devstack import pango
from devstack.places import ROOT
from devstack.progress import say


def main() -> None:
    """Migrate, collect, fill with the demo when asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--scale", type=int, default=1)
    options = parser.parse_args()
    django.setup()
    with ThreadPoolExecutor() as beside:  # compressing takes seconds and needs no database
        collected = beside.submit(collect_static)
        migrate()
        accounts = demo_accounts(options.scale) if options.demo else []
        collected.result()
    if not pango.is_there():
        say(pango.MISSING, to=sys.stderr)
    print(json.dumps(accounts))


def migrate() -> None:
    """Bring the tables up to date, those of the cache too."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    say("database up to date", to=sys.stderr)


def collect_static() -> None:
    """Collect and compress static files, unless none has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("collecting and compressing static files", to=sys.stderr)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def demo_accounts(scale: int) -> list[dict[str, Any]]:
    """Fill an empty database with the demo program; return those of its sign-ins that are in the database."""
    people = apps.get_model(settings.AUTH_USER_MODEL).objects
    if not people.exists():
        say("loading the demo program", to=sys.stderr)
        call_command("demo", scale=scale, stdout=sys.stderr)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the first pages are planned for what is there now
        say("demo program loaded", to=sys.stderr)
    answer = io.StringIO()
    call_command("demo", accounts=True, stdout=answer)
    accounts: list[dict[str, Any]] = json.loads(answer.getvalue())
    known = set(people.filter(email__in=[account["email"] for account in accounts]).values_list("email", flat=True))
    return [account for account in accounts if account["email"] in known]


def _fingerprint_of_static_files() -> str:
    digest = hashlib.sha256((ROOT / "requirements/run.txt").read_bytes())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
