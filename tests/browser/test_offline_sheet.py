"""The sheet last opened opens without a connection and can be written on; on a shared phone only for who opened it."""

import pytest
from playwright.sync_api import Page, expect

from a3.models import Section
from tests.a3.factories import make_sheet
from tests.browser.conftest import session_cookie
from tests.browser.seeing import axe
from tests.browser.writing import body_of, open_sheet, stands, waits, write_in

KEPT = """async path => {
  for (const name of await caches.keys()) {
    if (name.startsWith('pages-') && await (await caches.open(name)).match(path, {ignoreVary: true})) return true;
  }
  return false;
}"""


@pytest.fixture
def sheet(cast):
    bodies = {1: "<p>first</p>", 2: "<p>second</p>"}
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies=bodies)


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    yield
    # 403: the page of one person asks while another is signed in
    allowed = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:", "404", "403")
    assert [line for line in complaints if not any(each in line for each in allowed)] == []
    complaints.clear()


def is_kept(page: Page, path: str) -> None:
    for _ in range(40):
        if page.evaluate(KEPT, path):
            return
        page.wait_for_timeout(250)
    raise AssertionError(path)


@pytest.fixture
def opened(open_as, sheet):
    """The sheet, opened by its owner and kept by the browser."""
    page = open_sheet(open_as("change_agent"), sheet)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    is_kept(page, f"/a3/sections/{sheet.sections.in_order().last().pk}/edit/?part")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def test_it_opens_and_is_written_on_and_arrives(opened, sheet):
    opened.context.set_offline(True)
    opened.reload()
    expect(opened.get_by_role("heading", name="Leave by noon")).to_be_visible()
    write_in(opened, "Background", " at the gemba")
    stands(opened, "Not sent yet: waiting for a connection")
    opened.get_by_role("button", name="Done").click()
    write_in(opened, "Current condition", " look")
    waits(opened, "Saved on this computer, not sent yet: 2 texts.")
    opened.reload()
    expect(opened.locator(".unsent")).to_have_count(2)
    write_in(opened, "Background", ", again")
    opened.context.set_offline(False)
    stands(opened, "Saved ")
    waits(opened, "")
    expect(opened.get_by_text("second look")).to_be_visible()
    assert (body_of(sheet, 1), body_of(sheet, 2)) == ("<p>first at the gemba, again</p>", "<p>second look</p>")


def test_an_editor_kept_before_the_last_save_is_not_older_than_it(opened, sheet):
    write_in(opened, "Background", " and")
    stands(opened, "Saved ")
    opened.get_by_role("button", name="Done").click()
    expect(opened.locator("a3-editor")).to_have_count(0)
    opened.context.set_offline(True)
    write_in(opened, "Background", " more")
    stands(opened, "Not sent yet")
    opened.context.set_offline(False)
    stands(opened, "Saved ")
    assert body_of(sheet, 1) == "<p>first and more</p>"
    assert Section.objects.get(sheet=sheet, type__position=1).revision == 2


def test_other_pages_say_what_opens(opened, sheet):
    opened.context.set_offline(True)
    opened.goto("/courses/")
    expect(opened.get_by_role("heading", name="No connection")).to_be_visible()
    assert axe(opened) == []
    opened.get_by_role("link", name="Leave by noon").click()
    expect(opened.get_by_text("second", exact=True)).to_be_visible()


@pytest.mark.parametrize("person", ["learner", "nobody"])
def test_it_opens_for_nobody_else(opened, sheet, cast, live_server, person):
    opened.context.clear_cookies()
    if person != "nobody":
        opened.context.add_cookies([session_cookie(cast, person, live_server.url)])
    opened.goto("/courses/")
    opened.wait_for_timeout(300)
    assert not opened.evaluate(KEPT, f"/a3/{sheet.pk}/")
    opened.context.set_offline(True)
    opened.goto(f"/a3/{sheet.pk}/")
    expect(opened.get_by_role("heading", name="No connection")).to_be_visible()
    expect(opened.get_by_text("No sheet, walk or door list is kept here yet")).to_be_visible()


def test_signing_out_forgets_it(opened, sheet):
    opened.get_by_role("button", name="Your account").press("Enter")
    opened.get_by_role("button", name="Sign out").click()
    opened.wait_for_url("**/accounts/login/**")
    assert not opened.evaluate(KEPT, f"/a3/{sheet.pk}/")
