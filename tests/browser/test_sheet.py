"""A change agent starts a sheet, writes on it and asks for coaching; the coach asks a question and hands it back."""

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from a3.models import Photo, Remark, Section, Sheet
from tests.a3.factories import make_sheet, section_of, sheet_type


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>first</p>"})


def write_in(page: Page, name: str) -> None:
    """Open a section's editor, the cursor at its end."""
    section = page.locator(".sec", has=page.get_by_role("heading", name=name))
    section.hover()
    section.get_by_role("link", name=f"Write in {name}").click()
    section.locator("a3-editor [contenteditable]").click()
    page.keyboard.press("Control+End")


def test_from_the_first_word_to_the_coachs_question(cast, open_as):
    sheet_type()
    page = open_as("change_agent")
    page.goto("/a3/new/")
    page.get_by_label("Problem solving").check()
    page.get_by_label("Title").fill("Leave by noon")
    page.get_by_label("Coach").select_option(label="Coach")
    page.get_by_role("button", name="Start the sheet").click()
    write_in(page, "Background")
    page.keyboard.type("Beds upstairs open late.")
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("a3-editor")).to_have_count(0)
    expect(page.get_by_text("Beds upstairs open late.")).to_be_visible()
    page.get_by_role("link", name="Ask for coaching").click()
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator(".bar")).to_contain_text("Coach’s turn")
    sheet = Sheet.objects.get()
    assert (sheet.ball, section_of(sheet, 1).body) == (cast.coach, "<p>Beds upstairs open late.</p>")


def test_the_coach_asks_and_hands_back(cast, open_as, sheet):
    Sheet.objects.update(ball=cast.coach)
    page = open_as("coach")
    page.goto(f"/a3/{sheet.pk}/")
    page.get_by_label("On which section").select_option(label="2 Current condition")
    page.get_by_label("In your words").fill("Have you been there?")
    page.get_by_role("button", name="Remark").click()
    expect(page.locator(".note")).to_contain_text("Have you been there?")
    page.get_by_role("link", name="Hand over").click()
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator(".bar")).to_contain_text("Change Agent’s turn")
    assert (Remark.objects.get().section.name, Sheet.objects.get().ball) == ("Current condition", cast.change_agent)


def test_a_photo_is_added_and_what_is_none_is_refused_in_words(open_as, sheet, complaints, tmp_path):
    page = open_as("change_agent")
    page.goto(f"/a3/{sheet.pk}/")
    write_in(page, "Background")
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "board.jpg")
    (tmp_path / "words.jpg").write_text("no picture")
    for name in ("words.jpg", "board.jpg"):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Photo").click()
        chooser.value.set_files(tmp_path / name)
        if name == "words.jpg":
            expect(page.locator(".toast")).to_contain_text("Choose a photo saved as JPEG")
    expect(page.locator("a3-editor img")).to_be_visible()
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    src = Photo.objects.get().get_absolute_url()
    assert section_of(sheet, 1).body == f'<p>first</p><img src="{src}" alt="Photo in 1 Background">'
    assert [line for line in complaints if "422" not in line] == []
    complaints.clear()


def test_two_tabs_both_texts_are_shown_and_kept(open_as, sheet, complaints):
    first, second = open_as("change_agent"), open_as("change_agent")
    for tab in (first, second):
        tab.goto(f"/a3/{sheet.pk}/")
        write_in(tab, "Background")
    first.bring_to_front()
    first.keyboard.type(" from one tab")
    expect(first.locator("#save-state")).to_contain_text("Saved ")
    second.bring_to_front()
    second.keyboard.type(" from another")
    expect(second.get_by_role("alertdialog")).to_contain_text("first from one tab")
    second.get_by_role("button", name="Put both").click()
    expect(second.locator("a3-editor")).to_contain_text("first from another")
    body = Section.objects.get(pk=section_of(sheet, 1).pk).body
    assert body == "<p>first from one tab</p><p>first from another</p>"
    assert [line for line in complaints if "409" not in line] == []
    complaints.clear()
