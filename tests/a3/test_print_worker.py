"""The whole way, once: a real Celery worker on a real Redis draws a sheet."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from a3 import actions
from a3.models import SheetPrint
from tests.a3.prints import sheet_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start_worker():
    """Starts a worker on the test's own database and Redis; whatever still runs at the end is stopped."""
    workers = []

    def start():
        name = connection.settings_dict["NAME"]
        url = os.environ["DATABASE_URL"]
        base, _, query = url.partition("?")
        address = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
        command = [sys.executable, "-m", "celery", "-A", "leipartners", "worker", "--pool", "solo", "-l", "warning"]
        worker = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": address}, cwd=settings.BASE_DIR)
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def wait_for(state, *, seconds=150):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        row = SheetPrint.objects.get()
        if row.state == state:
            return row
        time.sleep(0.1)
    raise AssertionError(f"{state} never came: {SheetPrint.objects.get().state}")


def test_a_real_worker_draws_the_sheet(start_worker):
    cast = Cast()
    sheet = sheet_of(cast)
    start_worker()
    actions.ask_for_print(sheet, by=cast.learner)
    row = wait_for("ready")
    with row.file.open() as file:
        assert file.read().startswith(b"%PDF")
