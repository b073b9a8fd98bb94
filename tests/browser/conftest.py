"""A real Chromium beside a live server: one browser per worker, people signed in by cookie, a watched console."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from devstack import browser
from tests.cast import Cast

DESK = ViewportSize(width=1440, height=900)
expect.set_options(timeout=15_000)  # how long a busy machine may take; a quick one does not wait


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def no_n_plus_one() -> None:
    """Nothing: the live server answers in a thread of its own, where zeal does not count."""


@pytest.fixture
def with_pieces(settings) -> None:
    """The pages that only tests have: /pieces/ with every piece of the look on it, and /broken/."""
    settings.ROOT_URLCONF = "tests.look.urls"
    ours = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**ours, "DIRS": [*ours["DIRS"], settings.BASE_DIR / "tests/look/templates"]}]


@pytest.fixture(scope="session")
def chromium(django_db_setup: None, live_server: Any) -> Iterator[Browser]:
    program = browser.find()
    assert program, browser.MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=browser.options())
        yield running
        running.close()
        connections.close_all()  # those of Playwright's event loop, which nobody can reach when it has ended
    for thread in threading.enumerate():  # each holds a connection to the test database until its browser is gone
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)


@pytest.fixture(scope="session")
def contexts(chromium: Browser, live_server: Any) -> Iterator[Callable[[str], BrowserContext]]:
    """One browser profile per person of the cast, kept for the whole run."""
    kept: dict[str, BrowserContext] = {}

    def of(person: str) -> BrowserContext:
        if person not in kept:
            kept[person] = chromium.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce")
            kept[person].set_default_timeout(15_000)
        return kept[person]

    yield of
    for context in kept.values():
        context.close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The same people, committed, so that the live server's thread sees them."""
    return Cast()


@pytest.fixture
def complaints() -> list[str]:
    """What the console of any page said: errors, refusals by the security policy, exceptions. Ends empty."""
    return []


@pytest.fixture
def open_as(contexts, cast, live_server, complaints: list[str]) -> Iterator[Callable[[str], Page]]:
    """Open a tab as a person of the cast ("nobody": signed out); addresses are relative: page.goto("/a3/")."""
    pages: list[Page] = []

    def open_(person: str) -> Page:
        context = contexts(person)
        context.clear_cookies()
        if person != "nobody":
            context.add_cookies([session_cookie(cast, person, live_server.url)])
        page: Page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.context.set_offline(False)
        page.close()
    assert complaints == []


def session_cookie(cast: Cast, person: str, url: str) -> Any:
    """Sign in without the password page, which costs a hash each time."""
    client = Client()
    client.force_login(cast[person])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
