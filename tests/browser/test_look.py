"""The shell and the pieces by themselves, on a page that only tests have; and the pages of errors."""

import pytest
from playwright.sync_api import expect

from tests.browser.seeing import axe, findings

pytestmark = pytest.mark.usefixtures("with_pieces")


def test_pieces(open_as):
    page = open_as("change_agent")
    page.goto("/pieces/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert findings(page, "pieces") == []


def test_form_with_errors(open_as, complaints):
    page = open_as("change_agent")
    page.goto("/pieces/")
    page.get_by_label("Name").fill("clash")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Ken Obara is in Lyon")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_accessible_description("This field is required.")
    expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    assert findings(page, "errors") == []
    complaints.clear()  # the console notes every 422


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/not-there/", "This page is not here"), ("/broken/", "Something went wrong on our side")],
)
def test_error_pages(open_as, complaints, address, heading):
    page = open_as("learner")
    page.goto(address)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert findings(page, f"error{address.replace('/', '-')}") == []
    page.get_by_role("link", name="Go to My work").click()
    expect(page).to_have_url("/")
    complaints.clear()


def test_form_without_its_token_is_explained(open_as, complaints):
    page = open_as("learner")
    page.goto("/pieces/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(input => { input.value = 'x'; })")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="This form is too old")).to_be_visible()
    assert axe(page) == []
    complaints.clear()


def test_dark_is_chosen_and_kept_by_the_server(open_as):
    page = open_as("learner")
    page.goto("/pieces/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert axe(page) == []
    page.goto("/pieces/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(16, 22, 28)"


def test_sign_out_is_in_the_account_menu(open_as, complaints):
    page = open_as("learner")
    page.goto("/pieces/")
    page.get_by_role("button", name="Your account").press("Enter")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    page.goto("/pieces/")
    assert "/accounts/login/" in page.url
    complaints.clear()


def test_skip_link_and_rail_by_keyboard(open_as):
    page = open_as("learner")
    page.goto("/pieces/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_dialog_by_keyboard(open_as):
    page = open_as("learner")
    page.goto("/pieces/")
    opener = page.get_by_role("button", name="Plan a visit")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Plan a visit")
    expect(dialog).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_failed_answers_are_said_in_words(open_as, complaints):
    page = open_as("learner")
    page.goto("/pieces/")
    page.evaluate("htmx.ajax('GET', '/not-there/', '#main')")
    status = page.get_by_role("status")
    expect(status).to_contain_text("This is no longer here.")
    assert axe(page) == []
    status.get_by_role("button", name="Put this message away").click()
    expect(status).not_to_contain_text("This is no longer here.")
    complaints.clear()
