"""The whole way, once: a real Celery worker on a real Redis draws sheets and books, and a killed one loses nothing."""

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
from a3.models import Book, Fullness, SheetPrint
from a3.models.printing import SILENT_AFTER
from tests.a3.prints import sheet_of
from tests.cast import Cast

FULL = {4: f"<p>{'several causes meet here ' * 30}</p>" * 6}
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


def wait_for(what, *, seconds=150):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("It never came.")


def kill(worker):
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def test_what_a_killed_worker_had_taken_is_drawn_by_the_next(start_worker):
    cast = Cast()
    sheet = sheet_of(cast, bodies=FULL)
    worker = start_worker()
    actions.ask_for_print(sheet, by=cast.learner)
    wait_for(lambda: SheetPrint.objects.get().state == "rendering")
    kill(worker)
    assert SheetPrint.objects.get().state == "rendering"
    SheetPrint.objects.update(started_at=timezone.now() - SILENT_AFTER * 2)
    schedules.render_waiting()
    actions.ask_for_measure(sheet)
    start_worker()
    wait_for(lambda: SheetPrint.objects.get().state == "ready")
    wait_for(lambda: Fullness.objects.get().measured_for)


def test_a_book_goes_on_where_its_killed_worker_stopped(start_worker):
    cast = Cast()
    sheets = [sheet_of(cast, title=f"Sheet {number}", bodies=FULL) for number in range(4)]
    worker = start_worker()
    book = actions.ask_for_book(sheets, by=cast.change_agent, title="A year", paper="a3")
    wait_for(lambda: SheetPrint.objects.filter(ready_at__isnull=False).exists())
    kill(worker)
    drawn = dict(SheetPrint.objects.filter(ready_at__isnull=False).values_list("pk", "ready_at"))
    assert 0 < len(drawn) < len(sheets)
    SheetPrint.objects.filter(ready_at__isnull=True).update(started_at=timezone.now() - SILENT_AFTER * 2)
    Book.objects.update(heard_at=timezone.now() - SILENT_AFTER * 2)
    schedules.bind_waiting()
    start_worker()
    wait_for(lambda: Book.objects.get(pk=book.pk).state == "ready")
    assert Book.objects.get(pk=book.pk).pages == 6
    again = SheetPrint.objects.filter(pk__in=drawn).values_list("pk", "ready_at")
    assert dict(again) == drawn
