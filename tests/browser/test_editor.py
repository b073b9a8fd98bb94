"""Writing in the rich-text editor as a person does: keys, toolbar, paste, and what the form then holds."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("with_pieces")
PASTED = """text => {
  const data = new DataTransfer();
  data.setData('text/html', text);
  document.querySelector('.ProseMirror').dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def page(open_as):
    page = open_as("change_agent")
    page.goto("/pieces/")
    expect(page.get_by_role("textbox", name="5 Countermeasures")).to_be_visible()
    return page


def empty(page: Page) -> None:
    text = page.get_by_role("textbox", name="5 Countermeasures")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def value(page: Page) -> str:
    held: str = page.evaluate("new FormData(document.querySelector('a3-editor').form).get('body')")
    assert held == page.evaluate("document.querySelector('a3-editor').value")
    return held


def test_what_was_there_is_kept_with_the_coachs_pen(page):
    assert value(page) == (
        '<p>Draft the letter at the huddle; <mark data-n="2">on rounds only correct and sign</mark>.</p>'
    )


def test_keys(page):
    empty(page)
    assert value(page) == ""
    page.keyboard.type("who ")
    page.keyboard.press("Control+b")
    page.keyboard.type("signs")
    page.keyboard.press("Control+b")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+i")
    page.keyboard.type("today")
    assert value(page) == "<p>who <strong>signs</strong><br><em>today</em></p>"
    page.keyboard.press("Control+z")
    assert value(page) != "<p>who <strong>signs</strong><br><em>today</em></p>"


def test_lists_by_typing_and_by_button(page):
    empty(page)
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    assert value(page) == "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    bullets = page.get_by_role("button", name="Bulleted list")
    expect(bullets).to_have_attribute("aria-pressed", "true")
    bullets.click()
    assert value(page) == "<ul><li><p>one</p></li></ul><p>two</p>"


def test_table(page):
    empty(page)
    page.get_by_role("button", name="Table").click()
    page.keyboard.type("Cause")
    page.keyboard.press("Tab")
    page.keyboard.type("Who")
    assert value(page).startswith("<table><tbody><tr><th><p>Cause</p></th><th><p>Who</p></th><th><p></p></th></tr>")
    page.get_by_role("button", name="Add a row").click()
    assert value(page).count("<tr>") == 4
    page.get_by_role("button", name="Remove this column").click()
    assert value(page).count("<th>") == 2
    page.get_by_role("button", name="Remove the table").click()
    assert "<table>" not in value(page)
    expect(page.get_by_role("button", name="Table", exact=True)).to_be_visible()


def test_tab_in_the_last_cell_begins_a_row_and_a_blank_row_lets_one_out(page):
    empty(page)
    page.get_by_role("button", name="Table").click()
    for words in "Cause", "Who", "By when", "Letter", "Dana", "May", "Ride", "Sade", "June", "", "", "":
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    assert value(page).count("<tr>") == 4
    expect(page.get_by_role("textbox", name="5 Countermeasures")).not_to_be_focused()


def test_one_can_write_above_and_below_a_table(page):
    empty(page)
    page.get_by_role("button", name="Table").click()
    page.keyboard.type("Cause")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("Above")
    page.keyboard.press("Control+End")
    page.keyboard.type("Below")
    assert (value(page)[:13], value(page)[-20:]) == ("<p>Above</p><", "</table><p>Below</p>")


def test_a_table_below_words_begins_on_its_own_line_with_the_cursor_in_it(page):
    empty(page)
    page.keyboard.type("Where they were found:")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Table").click()
    page.keyboard.type("Drawer")
    assert value(page).startswith("<p>Where they were found:</p><table><tbody><tr><th><p>Drawer</p></th>")


def test_a_table_cuts_no_sentence_in_two(page):
    empty(page)
    page.keyboard.type("one two")
    for _ in "two":
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Table").click()
    page.keyboard.type("Drawer")
    assert value(page).startswith("<p>one two</p><table><tbody><tr><th><p>Drawer</p></th>")


def test_an_item_begun_and_left_blank_is_not_kept(page):
    empty(page)
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    assert value(page) == "<ul><li><p>one</p></li></ul>"
    page.keyboard.type("two")
    assert value(page) == "<ul><li><p>one</p></li><li><p>two</p></li></ul>"


def test_blank_lines_at_the_ends_are_not_kept(page):
    empty(page)
    page.keyboard.press("Enter")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert value(page) == "<p>one</p>"


def test_link_takes_only_good_addresses(page):
    empty(page)
    page.keyboard.type("board")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Link").click()
    address = page.get_by_role("textbox", name="Address of the link")
    address.fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("example.org/board")
    page.keyboard.press("Enter")
    assert value(page) == '<p><a href="https://example.org/board">board</a></p>'


def test_paste_is_cleaned(page):
    empty(page)
    page.evaluate(
        PASTED,
        '<h1 style="color:red" onclick="x()">Plan</h1><script>x()</script><img src="http://x.test/a.png" onerror="x()">'
        '<p class="a" style="margin:0"><b>bold</b> <a href="javascript:x()">bad</a></p>',
    )
    assert value(page) == "<p>Plan</p><p><strong>bold</strong> bad</p>"


def test_toolbar_by_keyboard(page):
    text = page.get_by_role("textbox", name="5 Countermeasures")
    text.click()
    expect(page.get_by_role("toolbar", name="Format 5 Countermeasures")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Done")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("Escape")
    expect(text).to_be_focused()


def test_input_and_done_are_told_to_the_page(page):
    page.evaluate("""() => { window.told = [];
      for (const name of ['input', 'a3-editor:done'])
        document.body.addEventListener(name, event => window.told.push(event.type + ' ' + event.target.tagName)); }""")
    page.get_by_role("textbox", name="5 Countermeasures").click()
    page.keyboard.type("x")
    page.get_by_role("button", name="Done").click()
    assert page.evaluate("window.told") == ["input A3-EDITOR", "a3-editor:done A3-EDITOR"]


def test_placeholder_asks_while_it_is_empty(page):
    empty(page)
    text = page.get_by_role("textbox", name="5 Countermeasures")
    expect(text).to_have_attribute("aria-placeholder", "What will we try, against which cause?")
    expect(text).to_have_class(re.compile(r"\bblank\b"))
    page.keyboard.type("a")
    expect(text).not_to_have_class(re.compile(r"\bblank\b"))
