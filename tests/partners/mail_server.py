"""A real SMTP server in the test's own process, which keeps what it was given and answers as it is told."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

REFUSED_FOR_NOW = "451 Try again later"
REFUSED = "550 No such person here"


class MailServer:
    """`letters` are what arrived, in order; `answers` maps an address to the reply its mail gets instead of 250."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.refused_at_the_door: dict[str, str] = {}

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refused_at_the_door:
            return self.refused_at_the_door[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        answer = self.answers.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return answer

    @property
    def addresses(self) -> list[str]:
        return [letter["To"] for letter in self.letters]


@contextmanager
def running(server: MailServer, settings: Any) -> Iterator[MailServer]:
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = smtp_at(port)
    try:
        yield server
    finally:
        controller.stop()


def smtp_at(port: int) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": 2}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
