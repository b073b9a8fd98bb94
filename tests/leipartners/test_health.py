"""Alive and ready: what load balancers and ./run ask."""

import json
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings

ASK = """
import json, time, django
django.setup()
from django.test import Client
began = time.monotonic()
answers = [Client(headers={"host": "127.0.0.1"}).get(path) for path in ("/healthz", "/readyz")]
print(json.dumps([[a.status_code for a in answers], answers[1].json(), time.monotonic() - began]))
"""


@pytest.mark.django_db
def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_when_database_and_queue_answer(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "queue": True})


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis+socket:///nowhere/redis.sock?virtual_host=0"])
def test_without_the_queue_it_is_ready_and_says_so(url, client, settings):
    settings.REDIS_URL = url
    began = time.monotonic()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "queue": False})
    assert time.monotonic() - began < 3


def test_without_the_database_it_is_alive_but_not_ready_and_says_so_at_once():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "leipartners.settings",
        "DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere",
    }
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(
        command, env=environment, cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    statuses, state, seconds = json.loads(done.stdout)
    assert statuses == [200, 503]
    assert state == {"database": False, "queue": True}
    assert seconds < 6
