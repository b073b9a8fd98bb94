"""Every page, at 1440 and 390 px, light and dark: no axe finding, nothing in the console, nothing sideways."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.browser.pages import PAGES, Look
from tests.browser.seeing import axe, looks, sideways


@pytest.mark.parametrize("look", PAGES, ids=str)
def test_page_looks_right(look: Look, cast, open_as):
    made = look.make(cast)
    page = open_as(look.person)
    answer = page.goto(reverse(look.url, args=look.args(cast, made)))
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    found = []
    for name in looks(page):
        found += [f"{name}: {finding}" for finding in axe(page)]
        if wider := sideways(page):
            found.append(f"{name}: {wider} px too wide")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{look}-{name}.png", full_page=True)
    assert found == []
