import io
import socket
from pathlib import Path

import pytest

from devstack import guards
from devstack.__main__ import read_options
from devstack.afresh import start_afresh
from devstack.places import Trouble


def test_a_second_copy_from_the_same_checkout_is_refused_in_one_sentence(tmp_path: Path):
    first = guards.RunningLock(tmp_path, "http://127.0.0.1:8000")
    with pytest.raises(
        Trouble, match=r"already running from this checkout at http://127\.0\.0\.1:8000 \(process \d+\)"
    ):
        guards.RunningLock(tmp_path, "http://127.0.0.1:8001")
    first.release()
    second = guards.RunningLock(tmp_path, "http://127.0.0.1:8001")
    assert not second.last_run_was_killed
    second.release()


def test_a_run_that_was_killed_is_noticed_by_the_next(tmp_path: Path):
    guards.RunningLock(tmp_path, "http://127.0.0.1:8000").file.close()  # what the system does for the dead
    second = guards.RunningLock(tmp_path, "http://127.0.0.1:8000")
    assert second.last_run_was_killed
    second.release()


def test_a_port_in_use_is_refused_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is in use .* --port {port + 1}\."):
            guards.port_is_free(port)
    guards.port_is_free(port, patience=1)


def test_a_database_that_cannot_be_reached_is_one_sentence_without_the_password():
    with pytest.raises(Trouble) as trouble:
        guards.database_answers("postgresql://me:hush@127.0.0.1:1/app")
    sentence = str(trouble.value)
    assert "DATABASE_URL (postgresql://me:...@127.0.0.1:1/app) cannot be reached" in sentence
    assert "hush" not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("url", ["redis://:hush@127.0.0.1:1/0", "redis+socket:///nowhere/redis.sock"])
def test_a_queue_that_cannot_be_reached_is_one_sentence_without_the_password(url):
    with pytest.raises(Trouble, match=r"REDIS_URL .* cannot be reached") as trouble:
        guards.queue_answers(url)
    assert "hush" not in str(trouble.value)


def test_fresh_asks_before_it_deletes_and_leaves_what_is_not_ours(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "files").mkdir()
    (tmp_path / "holiday.jpg").touch()
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(Trouble, match="--yes"):
        start_afresh(read_options(["--fresh"]))
    assert (tmp_path / "files").exists()
    start_afresh(read_options(["--fresh", "--yes"]))
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_fresh_never_touches_a_database_that_is_not_ours(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/people")
    with pytest.raises(Trouble, match="private database only"):
        start_afresh(read_options(["--fresh", "--yes"]))
