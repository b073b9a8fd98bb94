"""Reminders through a real queue and a real worker; and what happens when there is no queue."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from celery.contrib.testing.worker import start_worker
from django.utils import timezone

from leipartners.celery import app
from partners import actions, schedules
from partners.models import Mail, Obligation
from tests.factories import make_mail, make_person

pytestmark = pytest.mark.django_db(transaction=True)


TUESDAY = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)


@contextmanager
def a_worker() -> Iterator[None]:
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


@contextmanager
def no_queue() -> Iterator[None]:
    conf: Any = app.conf
    broker, conf.broker_url = conf.broker_url, "redis://127.0.0.1:1/0"
    forget_connections()
    yield
    conf.broker_url = broker
    forget_connections()


def forget_connections() -> None:
    celery: Any = app
    celery._after_fork()


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    app.control.purge()


def owe_overdue() -> Obligation:
    """Something whose reminder was due an hour ago."""
    person = make_person("ana", zone="UTC")
    words: dict[str, Any] = {"words": "Answer Ken", "why": "You own this sheet.", "url": "/a3/1/"}
    owed = actions.owe(person, key="sheet:1:ball", **words)
    an_hour_ago = timezone.now() - dt.timedelta(hours=1)
    Obligation.objects.filter(pk=owed.pk).update(reminders_at=[an_hour_ago], next_reminder_at=an_hour_ago)
    return owed


def all_sent() -> bool:
    """Wait until there are mails and all of them are sent; give up after a while."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        states = {mail.state for mail in Mail.objects.all()}
        if states == {"sent"}:
            return True
        time.sleep(0.05)
    return False


def test_a_mail_goes_through_queue_and_worker_once(mail_server):
    with a_worker():
        make_mail(make_person("ana"))
        assert all_sent()
    assert mail_server.addresses == ["ana@example.com"]


def test_a_reminder_goes_through_planner_queue_and_worker_once(mail_server):
    with time_machine.travel(TUESDAY), a_worker():
        owe_overdue()
        for _ in range(3):
            schedules.remind.delay()
        assert all_sent()
    assert mail_server.addresses == ["ana@example.com"]


def test_while_the_queue_is_down_rows_stay_and_go_out_later(mail_server):
    with time_machine.travel(TUESDAY):
        owe_overdue()
        with no_queue():
            schedules.remind()
            make_mail(make_person("ben"))
        assert [mail.state for mail in Mail.objects.all()] == ["planned", "planned"]
        with a_worker():
            schedules.deliver_waiting()
            assert all_sent()
    assert sorted(mail_server.addresses) == ["ana@example.com", "ben@example.com"]
