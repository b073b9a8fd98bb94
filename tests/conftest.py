"""What every test may use: the cast, and signing in as one of it."""

import sys
from collections.abc import Callable

import pytest
from django.test import Client

from devstack import emptying
from tests.cast import Cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Each worker's own database, before anything is written to it."""
    with django_db_blocker.unblock():
        emptying.remember()


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def sign_in(client: Client, cast: Cast) -> Callable[[str], Client]:
    """Return the client signed in as the named person of the cast ("nobody": signed out)."""

    def as_(name: str) -> Client:
        client.logout()
        if name != "nobody":
            client.force_login(cast[name])
        return client

    return as_


@pytest.fixture(autouse=True)
def zones_are_read_anew(monkeypatch):
    """vobject keeps the first VTIMEZONE of a name for as long as it runs, and reads later calendars by it."""
    if reader := sys.modules.get("vobject.icalendar"):
        monkeypatch.setattr(reader, "__tzidMap", dict(vars(reader)["__tzidMap"]))


@pytest.fixture(autouse=True)
def no_n_plus_one(settings):
    """A view that queries once per row fails."""
    settings.MIDDLEWARE = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]
