"""For tests that send mail: a server that takes it."""

import pytest

from tests.partners.mail_server import MailServer, running


@pytest.fixture
def mail_server(settings):
    with running(MailServer(), settings) as server:
        yield server
