"""Entering a diagram while writing: cells pasted from a spreadsheet, a drawing that follows, keys alone, a phone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from a3.models import Figure
from tests.a3.factories import make_figure, make_sheet, place, section_of
from tests.browser.seeing import SIZES, axe, sideways

CELLS = '5 Oct 2026\t4.6\n12 Oct 2026\t4.8\t\n19 Oct 2026\t4.1\tHuddle\n26 Oct 2026\t3,6\t"On all\nfour ""bays"""\n'
PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={2: "<p>Six walks.</p>"})


def write_in_the_second(page: Page, sheet) -> None:
    page.goto(sheet.get_absolute_url())
    page.locator(f"#section-{section_of(sheet, 2).pk} .write").click()
    page.locator("a3-editor [contenteditable='true']").click()


def frames(page: Page) -> None:
    """Wait as long as any hand does: an editor hears of a new caret with the next frame, not with the key."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def look_at(page: Page, name: str) -> list[str]:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"figures-{name}.png")
    return axe(page) + ([f"{name} is too wide"] if sideways(page) else [])


@pytest.mark.parametrize("size", SIZES)
def test_cells_are_pasted_previewed_saved_and_seen_on_the_sheet(open_as, sheet, size):
    page = open_as("change_agent")
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    write_in_the_second(page, sheet)
    page.get_by_role("button", name="Diagram", exact=True).click()
    dialog = page.get_by_role("dialog")
    assert look_at(page, f"kinds-{size}") == []
    dialog.get_by_role("link", name="Run chart").click()
    dialog.get_by_label("When, row 1").focus()
    page.evaluate(PASTE, CELLS)
    expect(dialog.get_by_role("status")).to_have_text("4 rows pasted.")
    expect(dialog.get_by_label("What changed then, row 4")).to_have_value('On all four "bays"')
    dialog.get_by_label("Title optional", exact=True).fill("Order to door")
    expect(dialog.locator(".preview svg")).to_contain_text("Order to door")
    assert look_at(page, f"table-{size}") == []
    dialog.get_by_role("button", name="Save the diagram").last.click()
    expect(page.locator("a3-editor .figure-node")).to_contain_text("Order to door")
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".sec .fig-run_chart")).to_contain_text("Order to door")
    assert look_at(page, f"sheet-{size}") == []
    figure = Figure.objects.get()
    assert [row["value"] for row in figure.data["rows"]] == ["4.6", "4.8", "4.1", "3,6"]
    assert section_of(sheet, 2).figure_ids == [figure.pk]


def test_a_half_is_as_wide_while_one_writes_as_when_one_reads(open_as, sheet):
    place(make_figure(sheet), number=2)
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    read = page.locator(".sec .fig svg").first.bounding_box()["width"]
    page.locator(f"#section-{section_of(sheet, 2).pk} .write").click()
    expect(page.locator(".figure-node svg").first).to_be_visible()
    assert page.locator(".figure-node svg").first.bounding_box()["width"] == pytest.approx(read, rel=0.05)


def test_changed_again_by_keys_alone(open_as, sheet):
    place(make_figure(sheet, title="Order to door"), number=2)
    page = open_as("change_agent")
    write_in_the_second(page, sheet)
    expect(page.locator(".figure-node svg").first).to_be_visible()  # nothing moves any more
    page.locator("a3-editor").get_by_text("Six walks.").click()
    expect(page.locator(".figure-node.ProseMirror-selectednode")).to_have_count(0)
    page.keyboard.press("End")
    frames(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".figure-node.ProseMirror-selectednode")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Value, row 1")).to_have_value("6")
    page.get_by_label("Value, row 3").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Value, row 4")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("4 Oct 2026")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("When, row 3")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".figure-node.ProseMirror-selectednode")).to_be_visible()
    assert [row["value"] for row in Figure.objects.get().data["rows"]] == ["6", "5", "2", "4"]
    page.keyboard.press("Delete")
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    assert (section_of(sheet, 2).body, Figure.objects.count()) == ("<p>Six walks.</p>", 1)


def test_nothing_typed_takes_the_place_of_a_diagram(open_as, sheet):
    figure = make_figure(sheet, title="Order to door")
    place(figure, number=2)
    page = open_as("change_agent")
    write_in_the_second(page, sheet)
    page.keyboard.press("Control+End")
    page.keyboard.type("Below.")
    page.keyboard.press("Home")
    frames(page)
    page.keyboard.press("ArrowUp")
    expect(page.locator(".figure-node.ProseMirror-selectednode")).to_be_visible()
    page.keyboard.type("Between.")
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    placed = f'<p>Six walks.</p><figure data-figure="{figure.pk}"></figure><p>Between.</p><p>Below.</p>'
    expect(page.locator("a3-editor")).to_have_js_property("value", placed)


def test_two_tabs_both_are_shown(open_as, sheet, complaints):
    figure = make_figure(sheet, title="Order to door")
    first, second = open_as("change_agent"), open_as("change_agent")
    for tab in (first, second):
        tab.goto(f"/a3/{sheet.pk}/figures/{figure.pk}/edit/")
    first.get_by_label("Value, row 1").fill("9")
    first.get_by_role("button", name="Save the diagram").last.click()
    second.get_by_label("Value, row 1").fill("8")
    second.get_by_role("button", name="Save the diagram").last.click()
    expect(second.get_by_role("alert")).to_contain_text("changed in the meantime")
    expect(second.get_by_label("Value, row 1")).to_have_value("8")
    second.get_by_role("button", name="Save the diagram").last.click()
    expect(second.get_by_role("heading", name="Leave by noon")).to_be_visible()
    assert Figure.objects.get().data["rows"][0]["value"] == "8"
    assert [line for line in complaints if "409" not in line] == []
    complaints.clear()


def test_what_is_wrong_is_said_beside_its_cell_and_escape_asks_twice(open_as, sheet, complaints):
    page = open_as("change_agent")
    write_in_the_second(page, sheet)
    page.get_by_role("button", name="Diagram", exact=True).click()
    page.get_by_role("link", name="Pareto").click()
    page.get_by_label("What, row 1").fill("Letter")
    page.get_by_label("How many, row 1").fill("many")
    page.get_by_role("button", name="Save the diagram").last.click()
    expect(page.get_by_label("How many, row 1")).to_be_focused()
    expect(page.get_by_label("How many, row 1")).to_have_accessible_description(re.compile("Write a number alone"))
    page.get_by_label("How many, row 1").fill("12")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Escape once more")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [line for line in complaints if "422" not in line] == []
    complaints.clear()
