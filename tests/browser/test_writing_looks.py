"""What one meets while writing, in every look: two texts, what waits, who is here, what a photo shows."""

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from a3.models import Section
from tests.a3.factories import make_sheet
from tests.browser.seeing import findings
from tests.browser.test_presence import tell
from tests.browser.worlds import BODIES
from tests.browser.writing import open_sheet, stands, waits, write_in

NOTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "409", "422", "400", "htmx:")


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies=BODIES)


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    yield
    assert [line for line in complaints if not any(each in line for each in NOTED)] == []
    complaints.clear()


def test_two_texts(open_as, sheet, cast):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    theirs = "<p>Beds upstairs open too late: the wait for a bed went from <strong>3.9 to 6.4 hours</strong>.</p>"
    theirs_by = {"changed_by": cast.change_agent, "changed_at": timezone.now()}
    Section.objects.filter(sheet=sheet, type__position=1).update(body=theirs, revision=4, **theirs_by)
    page.keyboard.type(" Patients tell us.")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert findings(page, "two-texts") == []


def test_the_line_that_is_written_stays_above_the_tools(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    page.set_viewport_size({"width": 390, "height": 700})
    write_in(page, "Background")
    for number in range(12):
        page.keyboard.press("Enter")
        page.keyboard.type(f"Line {number}")
    stands(page, "Saved ")  # what comes beside the text once it is saved moves nothing any more
    page.keyboard.type(" and on")
    page.wait_for_function(
        """() => getSelection().getRangeAt(0).getClientRects()[0].bottom
          <= document.querySelector('a3-toolbar').getBoundingClientRect().top"""
    )


def test_what_waits(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.route("**/save/", lambda route: route.abort())
    page.keyboard.type(" Patients tell us.")
    stands(page, "Not sent yet")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".unsent")).to_be_visible()
    waits(page, "not sent yet: 1 text")
    assert findings(page, "what-waits") == []
    page.get_by_role("button", name="Your account").first.press("Enter")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page, "signing-out") == []


def test_what_a_photo_shows(open_as, sheet, tmp_path):
    Image.new("RGB", (640, 420), "teal").save(tmp_path / "board.jpg")
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(tmp_path / "board.jpg")
    expect(page.get_by_role("textbox", name="What the photo shows")).to_be_visible()
    stands(page, "Saved ")
    assert findings(page, "photo") == []


def test_who_is_here(open_as, sheet):
    owner, coach = open_sheet(open_as("change_agent"), sheet), open_sheet(open_as("coach"), sheet)
    write_in(owner, "Background")
    tell(owner)
    tell(coach)
    expect(coach.locator(".sec .other")).to_be_visible()
    assert findings(coach, "presence") == []


def test_no_connection(open_as):
    page = open_as("nobody")
    page.goto("/offline/")
    assert findings(page, "offline") == []


def test_two_photos_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(open_as, sheet, tmp_path):
    for name, size in (("wide", (640, 480)), ("high", (480, 640))):
        Image.new("RGB", size, "teal").save(tmp_path / f"{name}.jpg")
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files([tmp_path / "wide.jpg", tmp_path / "high.jpg"])
    expect(page.locator("a3-editor img")).to_have_count(2)
    stands(page, "Saved ")
    page.get_by_role("button", name="Done").click()
    photos = page.locator(".sec .rt img")
    expect(photos).to_have_count(2)
    assert photos.evaluate_all("photos => photos[0].offsetTop === photos[1].offsetTop")
    page.set_viewport_size({"width": 390, "height": 844})
    assert photos.evaluate_all("photos => photos[1].offsetTop >= photos[0].offsetTop + photos[0].offsetHeight")


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_said_while_writing_leaves_the_tools_in_reach(open_as, sheet, tmp_path, width):
    (tmp_path / "no.jpg").write_text("no photo")
    page = open_as("change_agent")
    page.set_viewport_size({"width": width, "height": 844})
    write_in(open_sheet(page, sheet), "Background")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(tmp_path / "no.jpg")
    expect(page.get_by_text("This file is not a picture")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.locator("a3-editor")).to_have_count(0)
