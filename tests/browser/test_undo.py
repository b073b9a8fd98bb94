"""Undo goes on after the page was loaded anew, for the same person only; and what else the editor offers."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from a3.models import Photo
from tests.a3.factories import make_sheet
from tests.browser.writing import body_of, open_sheet, stands, write_in


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, bodies={1: "<p>first</p>"})


def test_undo_and_redo_go_back_through_what_was_saved_before_the_reload(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background", " second")
    stands(page, "Saved ")
    page.keyboard.type(" third")
    page.wait_for_timeout(1200)
    stands(page, "Saved ")
    page.reload()
    write_in(page, "Background")
    for words in ("first second", "first"):
        page.keyboard.press("Control+z")
        expect(page.locator(".ProseMirror")).to_have_text(words)
    page.keyboard.press("Control+z")
    expect(page.locator(".ProseMirror")).to_have_text("first")
    page.wait_for_timeout(1200)
    assert body_of(sheet, 1) == "<p>first</p>"
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".ProseMirror")).to_have_text("first second")
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.keyboard.press("Control+z")
    expect(page.locator(".ProseMirror")).to_have_text("first second")


def test_what_a_photo_shows_is_asked_at_once(open_as, sheet, tmp_path):
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "board.jpg")
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(tmp_path / "board.jpg")
    shows = page.get_by_role("textbox", name="What the photo shows")
    expect(shows).to_have_value("Photo in 1 Background")
    shows.fill("The board at 9:40, half empty")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1200)
    stands(page, "Saved ")
    src = Photo.objects.get().get_absolute_url()
    assert body_of(sheet, 1) == f'<p>first</p><img src="{src}" alt="The board at 9:40, half empty">'


PUT = """async ([how, html]) => {
  const canvas = new OffscreenCanvas(30, 20);
  canvas.getContext('2d').fillRect(0, 0, 30, 20);
  const data = new DataTransfer();
  data.items.add(new File([await canvas.convertToBlob({type: 'image/png'})], 'a.png', {type: 'image/png'}));
  if (html) data.setData('text/html', html);
  const text = document.querySelector('.ProseMirror');
  const {x, y} = text.getBoundingClientRect();
  text.dispatchEvent(how === 'paste'
    ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
    : new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true, clientX: x + 5, clientY: y + 5}));
}"""


@pytest.mark.parametrize(
    ("how", "html", "photos"),
    [
        ("paste", "", 1),
        ("paste", '<meta charset="utf-8"><img src="https://example.org/a.png">', 1),
        ("paste", "<p>words of an office program</p>", 0),
        ("drop", "", 1),
    ],
)
def test_photos_are_pasted_and_dropped(open_as, sheet, how, html, photos):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background")
    page.evaluate(PUT, [how, html])
    expect(page.locator("a3-editor img")).to_have_count(photos)
    page.wait_for_timeout(1200)
    stands(page, "Saved ")
    assert Photo.objects.count() == photos
    assert body_of(sheet, 1).count("<img") == photos


def test_a_phone_offers_its_camera(chromium, live_server, cast, open_as, sheet):
    cookies = open_as("change_agent").context.cookies()
    phone = chromium.new_context(base_url=live_server.url, has_touch=True, is_mobile=True)
    phone.add_cookies(cookies)
    page = open_sheet(phone.new_page(), sheet)
    write_in(page, "Background")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Take a photo").click()
    assert chooser.value.element.get_attribute("capture") == "environment"
    phone.close()


def test_what_is_typed_and_taken_back_is_saved_as_it_was(open_as, sheet):
    page = open_sheet(open_as("change_agent"), sheet)
    write_in(page, "Background", "x")
    page.keyboard.press("Backspace")
    stands(page, "Saved ")
    assert body_of(sheet, 1) == "<p>first</p>"
