"""The shell and the pieces by themselves, on a page that only the tests have."""

import os
from pathlib import Path

import pytest

from tests.browser.seeing import axe, looks, sideways


@pytest.fixture(autouse=True)
def with_pieces(settings):
    settings.ROOT_URLCONF = "tests.look.urls"
    settings.TEMPLATES = [
        dict(settings.TEMPLATES[0], DIRS=[*settings.TEMPLATES[0]["DIRS"], Path("tests/look/templates").absolute()])
    ]


def findings(page, about):
    found = []
    for name in looks(page):
        found += [f"{name}: {finding}" for finding in axe(page)]
        if wider := sideways(page):
            found.append(f"{name}: {wider} px too wide")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{about}-{name}.png", full_page=True)
    return found


def test_pieces(open_as):
    page = open_as("change_agent")
    page.goto("/pieces/")
    page.wait_for_load_state("networkidle")
    assert findings(page, "pieces") == []
