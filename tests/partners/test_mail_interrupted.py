"""What becomes of a mail when nobody can know whether it left: it is shown, and a person decides."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from partners import mails
from partners.models import Mail
from tests.factories import make_mail
from tests.partners.mail_server import smtp_at

WORKER = "import sys, django; django.setup(); from partners import mails; mails.deliver(int(sys.argv[1]))"


class SilentServer:
    """Takes a whole mail and then never says whether it kept it. `has_it` is set once it has read the text."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.has_it = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        peer, _ = self.listener.accept()
        with peer, peer.makefile("rb") as lines:
            peer.sendall(b"220 hello\r\n")
            for line in lines:
                if line == b".\r\n":
                    self.has_it.set()
                elif not self.has_it.is_set():
                    self._answer(peer, line)

    def _answer(self, peer: socket.socket, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"DATA":
            peer.sendall(b"354 go on\r\n")
        elif verb in {b"EHLO", b"HELO", b"MAIL", b"RCPT"}:
            peer.sendall(b"250 ok\r\n")


@pytest.fixture
def silent_server(settings) -> Iterator[SilentServer]:
    server = SilentServer()
    settings.MAILERS = smtp_at(server.port)
    settings.MAILERS["default"]["OPTIONS"]["timeout"] = 0.5
    yield server
    server.listener.close()


@pytest.mark.django_db
def test_a_server_that_falls_silent_with_the_text_leaves_it_to_a_person(silent_server):
    mail = make_mail()
    mails.deliver(mail.pk)
    found = Mail.objects.get(pk=mail.pk)
    assert found.state == "interrupted"
    assert found.failure.startswith("The conversation broke off: ")
    assert list(Mail.objects.waiting(timezone.now() + dt.timedelta(days=9))) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_leaves_a_mail_that_shows_as_interrupted(silent_server):
    mail = make_mail()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "leipartners.settings",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("/leipartners?", f"/{connection.settings_dict['NAME']}?"),
        "SMTP_URL": f"smtp://127.0.0.1:{silent_server.port}",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(mail.pk)], env=environment, cwd=django_settings.BASE_DIR
    )
    try:
        assert silent_server.has_it.wait(timeout=20)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert Mail.objects.get(pk=mail.pk).state == "sending"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert Mail.objects.get(pk=mail.pk).state == "interrupted"
        assert list(Mail.objects.in_trouble(timezone.now())) == [mail]
        assert list(Mail.objects.waiting(timezone.now())) == []
