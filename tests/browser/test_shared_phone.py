"""Two people on one phone: what one wrote and could not send is neither seen nor sent by the other."""

import pytest
from playwright.sync_api import expect

from a3.models import Section
from tests.a3.factories import make_sheet
from tests.browser.conftest import session_cookie
from tests.browser.writing import body_of, die, kept, open_sheet, stands, waits, write_in


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>first</p>"})


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    yield
    allowed = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:", "403", "409")
    assert [line for line in complaints if not any(each in line for each in allowed)] == []
    complaints.clear()


@pytest.fixture
def left(open_as, sheet):
    """A page on which a text waits; the connection is back by then."""
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    page.keyboard.type(" and mine")
    stands(page, "Not sent yet")
    return page


@pytest.fixture
def become(cast, live_server):
    def become_(page, person):
        page.context.clear_cookies()
        page.context.add_cookies([session_cookie(cast, person, live_server.url)])

    return become_


def test_another_person_neither_sees_nor_sends_it(left, become, sheet):
    die(left)
    left.context.set_offline(False)
    become(left, "learner")
    theirs = left.context.new_page()
    theirs.goto(f"/a3/{sheet.pk}/")
    theirs.wait_for_timeout(700)
    waits(theirs, "")
    assert "and mine" not in theirs.content()
    assert body_of(sheet, 1) == "<p>first</p>"
    assert [text["body"] for text in kept(theirs, "texts", sheet.owner)] == ["<p>first and mine</p>"]
    become(theirs, "change_agent")
    theirs.goto("/courses/")
    theirs.wait_for_timeout(700)
    waits(theirs, "")
    assert body_of(sheet, 1) == "<p>first and mine</p>"
    theirs.close()


def test_a_page_that_stayed_open_sends_nothing_as_another(left, become, sheet):
    become(left, "learner")
    left.context.set_offline(False)
    stands(left, "Not sent yet: reload the page")
    assert Section.objects.get(sheet=sheet, type__position=1).revision == 0
    become(left, "change_agent")
    left.reload()
    left.wait_for_timeout(700)
    assert body_of(sheet, 1) == "<p>first and mine</p>"


def sign_out(page):
    page.get_by_role("button", name="Your account").press("Enter")
    page.get_by_role("button", name="Sign out").click()
    return page.get_by_role("dialog", name="Not everything has been sent")


def test_signing_out_says_what_waits_and_stays_if_wanted(left):
    left.route("**/save/", lambda route: route.abort())
    left.context.set_offline(False)
    dialog = sign_out(left)
    expect(dialog).to_contain_text("Written here and not sent yet: 1 text.")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    left.unroute("**/save/")
    left.keyboard.type("!")
    stands(left, "Saved ")


def test_signing_out_needs_a_connection(left):
    sign_out(left)
    expect(left.locator(".toast")).to_contain_text("Signing out needs a connection")


@pytest.mark.parametrize(("choice", "left_over"), [("Keep it here and sign out", 1), ("Discard it and sign out", 0)])
def test_signing_out_keeps_or_discards_by_choice(left, sheet, choice, left_over):
    left.route("**/save/", lambda route: route.abort())
    left.context.set_offline(False)
    dialog = sign_out(left)
    dialog.get_by_role("button", name=choice).click()
    left.wait_for_url("**/accounts/login/**")
    assert len(kept(left, "texts", sheet.owner)) == left_over
    assert kept(left, "past", sheet.owner) == []
    assert body_of(sheet, 1) == "<p>first</p>"


def test_signing_out_with_nothing_waiting_asks_nothing(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    sign_out(page)
    page.wait_for_url("**/accounts/login/**")
