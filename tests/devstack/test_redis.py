import os
import signal
from pathlib import Path

import pytest
import redis

from devstack.redis import Redis


def client_of(server: Redis) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(server.socket))


@pytest.mark.parametrize("choice", ["", "wheel"])
def test_the_queue_survives_a_kill(home: Path, monkeypatch, choice):
    monkeypatch.setenv("DEVSTACK_REDIS", choice)
    server = Redis(home)
    server.start()
    with client_of(server) as client:
        client.config_set("appendfsync", "always")
        client.rpush("queue", "one")
    assert server.process
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.start()
    try:
        with client_of(server) as client:
            assert client.lrange("queue", 0, -1) == [b"one"]
    finally:
        server.stop()
    assert not server.socket.exists()
