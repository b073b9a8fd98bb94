"""The whole way, once: a real Celery worker on a real Redis draws a sheet, and a killed one loses nothing."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from a3 import actions, schedules
from a3.models import SheetPrint
from a3.models.printing import SILENT_AFTER
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


def test_what_a_killed_worker_had_taken_is_drawn_by_the_next(start_worker):
    cast = Cast()
    sheet = sheet_of(cast, bodies={4: f"<p>{'several causes meet here ' * 30}</p>" * 6})
    worker = start_worker()
    actions.ask_for_print(sheet, by=cast.learner)
    wait_for("rendering")
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert SheetPrint.objects.get().state == "rendering"
    SheetPrint.objects.update(started_at=timezone.now() - SILENT_AFTER * 2)
    schedules.render_waiting()
    start_worker()
    wait_for("ready")
