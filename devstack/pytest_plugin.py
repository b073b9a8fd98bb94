"""Gives a test run a PostgreSQL and a Redis of its own, before Django reads its settings.

DATABASE_URL and REDIS_URL choose other servers. Under xdist the controller starts them once; pytest-django gives
each worker its own test database, copied from one that the controller migrated, and this plugin gives it its own
Redis database.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from devstack import browser, emptying, migrated, places
from devstack.postgres import Postgres
from devstack.redis import Redis

STARTS_NO_TEST = {"-h", "--help", "-V", "--version", "--fixtures", "--markers"}
PREFIX = "leipartners-test-"
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
REDIS_FOR_WORKERS = "DEVSTACK_REDIS_SOCKET"
TEMPLATE = "DEVSTACK_TEMPLATE_DATABASE"
NOTE = pytest.StashKey[str]()
HOME = pytest.StashKey[Path]()
SERVERS = pytest.StashKey[list[Postgres | Redis]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # a wrapper: pytest-django reads the settings in this hook
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Generator[None]:
    """Start the servers and set the environment that settings.py reads."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _enter_worker(int(worker.removeprefix("gw")))
    elif not STARTS_NO_TEST.intersection(args):
        _enter_run(early_config)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Static files are served as they are: nothing was collected. Test databases are copies of the migrated one."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN_FILES}}
    if template := os.environ.get(TEMPLATE):
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template
        emptying.use_for_tests()


def pytest_report_header(config: pytest.Config) -> str:
    """One line at the top of the run."""
    return config.stash.get(NOTE, "servers: from the environment")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly, right above the result, that the browser tests are missing from it."""
    if "DEVSTACK_WITHOUT_BROWSER" in os.environ:
        terminalreporter.section("the browser tests were not run", sep="!", red=True)
        terminalreporter.line(f"{browser.MISSING} Without them this run fails.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what we started and remove its data."""
    servers = config.stash.get(SERVERS, None)
    for server in reversed(servers or []):
        server.stop()
    if home := config.stash.get(HOME, None):
        shutil.rmtree(home, ignore_errors=True)


def _enter_run(config: pytest.Config) -> None:
    began = time.monotonic()
    home = config.stash[HOME] = _temporary_home()
    servers = config.stash[SERVERS] = []
    _set_environment(home)
    postgres = None if "DATABASE_URL" in os.environ else Postgres(home, durable=False)
    if postgres:
        servers.append(postgres)
        postgres.start()
        os.environ["DATABASE_URL"] = postgres.url()
    if "REDIS_URL" not in os.environ:
        redis = Redis(home, durable=False)
        servers.append(redis)
        redis.start()
        os.environ["REDIS_URL"] = redis.url()
        os.environ[REDIS_FOR_WORKERS] = redis.url(0).removesuffix("0")
    if postgres:
        os.environ[TEMPLATE] = migrated.make(postgres)
    if servers:
        names = ", ".join(f"{server.name} {server.describe()}" for server in servers)
        config.stash[NOTE] = f"servers: {names}, up in {time.monotonic() - began:.2f} s"


def _enter_worker(number: int) -> None:
    """Same servers, another Redis database, another folder for files."""
    if redis := os.environ.get(REDIS_FOR_WORKERS):
        os.environ["REDIS_URL"] = f"{redis}{number + 1}"
    os.environ["DATA_DIR"] = str(_data_folder(Path(os.environ["DATA_DIR"]).with_name(f"files-{number}")))


def _set_environment(home: Path) -> None:
    """What ./run sets on a developer's machine; nothing of the caller's own configuration gets in."""
    for name in ("SECRET_KEY_FILE", "SMTP_URL", "DEBUG", "DEMO", "ALLOWED_HOSTS", "SITE_URL"):
        os.environ.pop(name, None)
    data = _data_folder(home / "files")
    os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["LOCAL"] = "1"
    os.environ["DATA_DIR"] = str(data)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's sync API keeps an event loop in the tests' thread


def _data_folder(folder: Path) -> Path:
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return folder


def _temporary_home() -> Path:
    """A new folder that PostgreSQL's account can reach; those of killed runs are removed."""
    base = Path("/var/tmp" if os.geteuid() == 0 else tempfile.gettempdir())
    for old in base.glob(f"{PREFIX}*"):
        if not _alive(int(old.name.removeprefix(PREFIX).split("-")[0])):
            for left in (old, places.socket_path(old, "postgres"), places.socket_path(old, "redis")):
                shutil.rmtree(left, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
    home.chmod(0o755)
    return home


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
