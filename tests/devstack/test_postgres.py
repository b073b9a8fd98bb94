import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from devstack import migrated, places, postgres_install
from devstack.postgres import Postgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")


def test_what_was_committed_survives_a_kill_and_the_next_start_needs_no_help(home: Path):
    first = Postgres(home)
    first.start()
    with psycopg.connect(first.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT lower('ÄØ') AS word")
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert first.process
    os.kill(first.process.pid, signal.SIGKILL)  # not waited for: a zombie, as in a container without init
    second = Postgres(home)
    second.start()
    try:
        with psycopg.connect(second.url()) as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("äø",)
    finally:
        second.stop()
        first.process.wait()
    assert not second.sockets.exists()


def test_the_wheel_serves_where_the_machine_has_no_postgresql(home: Path, monkeypatch):
    monkeypatch.setenv("DEVSTACK_POSTGRES", "wheel")
    server = Postgres(home, durable=False)
    server.start()
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            for extension in postgres_install.NEEDED_EXTENSIONS:
                connection.execute(f"CREATE EXTENSION {extension}")
            assert connection.execute("SELECT lower('ÄØ') ILIKE 'äØ'").fetchone() == (True,)
    finally:
        server.stop()


def test_a_cluster_that_was_half_made_when_we_were_killed_is_made_again(home: Path):
    server = Postgres(home, durable=False)
    (server.folder / "data.half").mkdir(parents=True)
    (server.folder / "data.half" / "PG_VERSION").write_text("15\n")
    server.start()
    server.stop()
    assert (server.data / "base").exists()


@as_root
def test_a_folder_that_postgresqls_account_cannot_reach_gets_another_one_that_is_found_again(home: Path, monkeypatch):
    monkeypatch.setattr(places, "ELSEWHERE", home)
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    elsewhere = places.home_for_servers(closed / "checkout" / ".local")
    assert elsewhere.parent == home
    assert places.home_for_servers(closed / "checkout" / ".local") == elsewhere


def test_a_server_that_cannot_start_says_why(home: Path):
    server = Postgres(home, durable=False)
    server.start()
    server.stop()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    began = time.monotonic()
    with pytest.raises(places.Trouble, match=r"did not start(.|\n)*no_such_setting"):
        server.start()
    assert time.monotonic() - began < 10


def test_the_migrated_database_is_kept_and_restored_by_the_next_run(home: Path, monkeypatch):
    monkeypatch.setattr(migrated, "KEPT", home / "kept")
    monkeypatch.setattr(migrated, "_migrate", lambda server: write(server, "CREATE TABLE made AS SELECT 1 AS once"))
    assert [made_by_a_run(home / "first"), made_by_a_run(home / "second")] == [1, 1]
    assert len(list((home / "kept").iterdir())) == 1
    monkeypatch.setattr(migrated, "_migrate", lambda server: write(server, "CREATE TABLE made AS SELECT 2 AS once"))
    assert made_by_a_run(home / "third") == 1
    monkeypatch.setattr(migrated, "_digest", lambda _server: "other migrations")
    assert made_by_a_run(home / "fourth") == 2
    assert [path.stem for path in (home / "kept").iterdir()] == ["other migrations"]


def write(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.url(migrated.NAME), autocommit=True) as connection:
        connection.execute(statement)


def made_by_a_run(home: Path) -> int:
    server = Postgres(home, durable=False)
    server.start()
    try:
        with psycopg.connect(server.url(migrated.make(server))) as connection:
            row = connection.execute("SELECT once FROM made").fetchone()
        return int(row[0]) if row else 0
    finally:
        server.stop()
