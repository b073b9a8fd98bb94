"""Every page, at 1440 and 390 px, light and dark: no axe finding, a silent console, nothing sideways, all by Tab."""

import pytest
from django.urls import reverse

from tests.browser.looking import Look
from tests.browser.pages import NO_PAGES, PAGES
from tests.browser.seeing import findings
from tests.browser.walking import walks
from tests.test_access import ACCESS


@pytest.mark.parametrize("look", PAGES, ids=str)
def test_page_looks_right(look: Look, cast, open_as):
    made = look.make(cast)
    page = open_as(look.person)
    answer = page.goto(reverse(look.url, args=look.args(cast, made), query=look.query))
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    assert [*walks(page), *findings(page, str(look))] == []


def test_every_page_is_looked_at():
    """A page is what somebody gets with a plain GET, by the access table."""
    pages = {name for name, row in ACCESS.items() if row.data is None and 200 in row.statuses.values()}
    assert pages - {look.url for look in PAGES} == set(NO_PAGES)
