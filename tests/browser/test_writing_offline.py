"""Writing where there is no connection: nothing is lost, everything arrives once and in order, nobody else sees it."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from a3.models import Photo, Section
from tests.a3.factories import make_sheet
from tests.browser.writing import body_of, die, kept, open_sheet, stands, waits, write_in


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>first</p>"})


@pytest.fixture
def photo(tmp_path):
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "board.jpg")
    return tmp_path / "board.jpg"


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    """The console notes each request that finds no server."""
    yield
    noted = ("ERR_INTERNET_DISCONNECTED", "409", "422", "htmx:")
    assert [line for line in complaints if not any(each in line for each in noted)] == []
    complaints.clear()


def add_photo(page, photo):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(photo)
    expect(page.locator("a3-editor img")).to_be_visible()


def test_what_was_typed_off_line_arrives_later(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    page.keyboard.type(" at the gemba")
    stands(page, "Not sent yet: waiting for a connection")
    waits(page, "Working off line. Saved on this computer, not sent yet: 1 text.")
    page.context.set_offline(False)
    stands(page, "Saved ")
    waits(page, "")
    assert body_of(sheet, 1) == "<p>first at the gemba</p>"
    assert kept(page, "texts", sheet.owner) == []


def test_what_is_just_being_typed_is_not_told_as_waiting(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background", " at the gemba")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as every few seconds: look what waits
    page.keyboard.type(" and so on, without a pause " * 3)
    waits(page, "")
    stands(page, "Saved ")
    waits(page, "")


def test_what_the_server_refuses_waits_with_its_reason(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    page.route(
        "**/save/", lambda route: route.fulfill(status=422, body="Lists are nested too deeply here: flatten them.")
    )
    write_in(page, "Background", " deep")
    stands(page, "Not saved: Lists are nested too deeply here: flatten them.")
    waits(page, "waits for you: Lists are nested too deeply here: flatten them.")


def test_what_was_typed_before_the_browser_closed_arrives_from_any_page(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    page.keyboard.type(" before the battery died")
    stands(page, "Not sent yet")
    die(page)
    page.context.set_offline(False)
    later = open_as("change_agent")
    later.goto("/courses/")
    later.wait_for_function("!document.querySelector('.strip')")
    later.wait_for_timeout(500)
    assert body_of(sheet, 1) == "<p>first before the battery died</p>"
    assert Section.objects.get(sheet=sheet, type__position=1).revision == 1
    assert kept(later, "texts", sheet.owner) == []


def test_a_photo_taken_off_line_stands_in_the_text_at_once_and_arrives_once(open_as, sheet, photo):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    add_photo(page, photo)
    waits(page, "not sent yet: 1 text, 1 photo")
    assert page.locator("a3-editor img").get_attribute("src").startswith("blob:")
    page.context.set_offline(False)
    stands(page, "Saved ")
    src = Photo.objects.get().get_absolute_url()
    assert body_of(sheet, 1) == f'<p>first</p><img src="{src}" alt="Photo in 1 Background">'
    expect(page.locator("a3-editor img")).to_have_attribute("src", src)
    waits(page, "")


def test_text_and_photo_survive_closing_the_tab(open_as, sheet, photo):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background", " and")
    stands(page, "Saved ")
    page.context.set_offline(True)
    add_photo(page, photo)
    stands(page, "Not sent yet")
    die(page)
    page.context.set_offline(False)
    later = open_sheet(open_as("change_agent"), sheet)
    expect(later.locator("#save-state")).to_be_visible()
    later.wait_for_timeout(1000)
    src = Photo.objects.get().get_absolute_url()
    assert body_of(sheet, 1) == f'<p>first and</p><img src="{src}" alt="Photo in 1 Background">'
    assert kept(later, "texts", sheet.owner) == []


def test_done_off_line_shows_what_was_written_and_writing_goes_on(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    page.keyboard.type(" off line")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".unsent")).to_have_text("first off line")
    page.context.set_offline(False)
    expect(page.locator(".unsent")).to_have_count(0)
    waits(page, "")
    write_in(page, "Background", " and on")
    stands(page, "Saved ")
    assert body_of(sheet, 1) == "<p>first off line and on</p>"


def test_a_phone_that_was_off_line_for_a_day_overwrites_nothing(open_as, sheet):
    phone = open_sheet(open_as("change_agent"), sheet)
    write_in(phone, "Background")
    phone.context.set_offline(True)
    phone.keyboard.type(" from the phone")
    stands(phone, "Not sent yet")
    die(phone)
    Section.objects.filter(sheet=sheet, type__position=1).update(body="<p>first from the desk</p>", revision=7)
    phone.context.set_offline(False)
    later = open_as("change_agent")
    later.goto("/courses/")
    waits(later, "1 Background waits for you: it was changed by others meanwhile")
    later.get_by_role("link", name="1 Background").click()
    write_in_nothing(later)
    panel = later.get_by_role("alertdialog")
    expect(panel.locator("ins").first).to_have_text("desk")
    panel.get_by_role("button", name="Put both").click()
    expect(later.locator("a3-editor")).to_contain_text("first from the phone")
    assert body_of(sheet, 1) == "<p>first from the desk</p><p>first from the phone</p>"
    waits(later, "")


def test_a_diagram_says_that_it_needs_a_connection(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.context.set_offline(True)
    page.get_by_role("button", name="Diagram", exact=True).click()
    expect(page.get_by_text("A diagram needs a connection. Go on writing")).to_be_visible()


def write_in_nothing(page):
    section = page.locator(".sec", has=page.get_by_role("heading", name="Background"))
    section.hover()
    section.get_by_role("link", name="Write in Background").click()
