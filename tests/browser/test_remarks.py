"""Remarks on words: selecting them, their mark with its number, and the way there and back."""

import pytest
from playwright.sync_api import expect

from a3.models import Remark
from tests.a3.factories import make_figure, make_reviewer, make_round, make_sheet, place
from tests.a3.remark_worlds import changed_since
from tests.browser.writing import write_in

BODY = "<p>The order comes at <strong>10:20</strong>, then nothing moves for 96 minutes.</p>"
SELECT = """words => {
  const text = [...document.querySelectorAll('.sheet .rt')].find(one => one.textContent.includes(words[0]));
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const [from, to] = words;
  const range = document.createRange();
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(from), end = walker.currentNode.data.indexOf(to);
    if (at >= 0) range.setStart(walker.currentNode, at);
    if (end >= 0) range.setEnd(walker.currentNode, end + to.length);
  }
  const box = range.getClientRects(), last = box[box.length - 1];
  return [box[0].left + 1, box[0].top + 5, last.right, last.top + 5];
}"""


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={2: BODY})


def select(page, start, end):
    """Drag the mouse over the words."""
    left, top, right, bottom = page.evaluate(SELECT, [start, end])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom)
    page.mouse.move(right, bottom)
    page.mouse.up()


def test_selected_words_get_a_remark_and_a_mark_with_its_number(sheet, open_as):
    page = open_as("coach")
    page.goto(f"/a3/{sheet.pk}/?side=rounds")
    select(page, "at ", "then")
    page.get_by_role("button", name="Remark on this").click()
    expect(page.get_by_label("On these words there")).to_have_value("at 10:20, then")
    expect(page.get_by_label("On which section")).to_contain_text("2 Current condition")
    page.get_by_label("In your words").fill("How do you know?")
    page.get_by_role("button", name="Remark", exact=True).click()
    number = page.get_by_role("link", name="Remark 1")
    expect(number).to_be_visible()
    assert page.locator("mark.pen").all_inner_texts() == ["at ", "10:20", ", then"]
    assert Remark.objects.get().quote == "at 10:20, then"
    number.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('#')[0]}#remark-{Remark.objects.get().pk}")
    note = page.locator(".note .at")
    note.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # from the number, where the link led, to what follows
    expect(page.locator(".pen-n:target")).to_have_count(1)


def test_a_suggestion_becomes_a_question(sheet, open_as):
    page = open_as("coach")
    page.goto(f"/a3/{sheet.pk}/")
    asked = page.get_by_text("Could this be a question?")
    expect(asked).to_be_hidden()
    page.get_by_label("What it is").select_option(label="Suggestion")
    page.get_by_label("In your words").fill("Draft it earlier")
    expect(asked).to_be_visible()
    page.get_by_role("button", name="Make it a question").click()
    expect(page.get_by_label("What it is")).to_have_value("question")
    expect(page.get_by_label("In your words")).to_be_focused()
    page.get_by_role("button", name="Remark", exact=True).click()
    expect(page.locator(".note")).to_contain_text("Draft it earlier")
    assert Remark.objects.get().kind == "question"


def test_the_owner_points_at_the_change(sheet, open_as, cast):
    Remark.objects.create(sheet=sheet, section=sheet.sections.get(type__position=2), text="Why?", author=cast.coach)
    page = open_as("change_agent")
    page.goto(f"/a3/{sheet.pk}/")
    page.get_by_text("Mark as answered").first.click()
    page.get_by_label("In these words there").fill("nothing moves")
    page.get_by_role("button", name="Mark as answered").click()
    expect(page.locator(".note .answer")).to_contain_text("Answered in 2 Current condition")
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".note .answer")).to_have_count(0)


def test_an_answer_takes_its_marks_off_the_sheet_and_opening_it_again_brings_them_back(sheet, open_as, cast):
    section = sheet.sections.get(type__position=2)
    Remark.objects.create(sheet=sheet, section=section, text="Why?", quote="nothing moves", author=cast.coach)
    page = open_as("change_agent")
    page.goto(f"/a3/{sheet.pk}/")
    counted, marked = page.locator(f"#section-{section.pk} .pens"), page.locator(f"#section-{section.pk} mark.pen")
    expect(counted).to_contain_text("1")
    page.get_by_text("Mark as answered").first.click()
    page.get_by_role("button", name="Mark as answered").click()
    expect(counted).to_have_count(0)
    expect(marked).to_have_count(0)
    expect(page.locator(".map .red")).to_have_count(0)
    page.get_by_role("button", name="Reopen").click()
    expect(counted).to_contain_text("1")
    expect(marked).to_have_text("nothing moves")
    expect(page.locator(".map .red")).to_have_count(1)


def test_what_is_being_written_stays_when_a_remark_there_is_answered(sheet, open_as, cast):
    Remark.objects.create(sheet=sheet, section=sheet.sections.get(type__position=2), text="Why?", author=cast.coach)
    page = open_as("change_agent")
    page.goto(f"/a3/{sheet.pk}/")
    write_in(page, "Current condition", " Seen twice.")
    page.get_by_text("Mark as answered").first.click()
    page.get_by_role("button", name="Mark as answered").click()
    expect(page.locator(".note .at")).to_contain_text("answered")
    expect(page.locator("a3-editor")).to_contain_text("Seen twice.")


def test_a_reviewer_without_an_account_remarks_by_the_link(sheet, open_as):
    make_reviewer(sheet, token="t" * 43)
    page = open_as("nobody")
    page.goto(f"/a3/by-link/{'t' * 43}/")
    select(page, "nothing", "minutes")
    page.get_by_role("button", name="Remark on this").click()
    page.get_by_label("In your words").fill("Is that much?")
    page.get_by_role("button", name="Remark", exact=True).click()
    expect(page.locator(".note")).to_contain_text("Ines Roth, by link")
    expect(page.get_by_role("link", name="Remark 1")).to_be_visible()
    page.get_by_text("Reply", exact=True).first.click()
    page.get_by_label("Your reply to Ines Roth").fill("I mean for a letter.")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".reply")).to_contain_text("I mean for a letter.")
    assert Remark.objects.filter(guest__isnull=False).count() == 2
    assert page.evaluate("document.cookie") == ""
    owner = open_as("change_agent")
    owner.goto(f"/a3/{sheet.pk}/")
    expect(owner.locator(".note")).to_contain_text("Ines Roth, by link")


def test_what_changed_is_read_beside_the_answer_and_as_a_page(open_as, cast):
    page = open_as("coach")
    page.goto(f"/a3/{changed_since(cast).pk}/")
    page.get_by_role("link", name="What changed there since round").click()
    expect(page.locator(".note ins").first).to_contain_text("on five days of seven")
    page.get_by_role("link", name="Rounds", exact=True).click()
    page.get_by_role("link", name="Compare rounds").click()
    page.get_by_label("From").select_option(value="1")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("details[open] ins")).to_contain_text(["on five days of seven", "31", "40 % by April"])


def test_between_two_rounds_figures_stand_side_by_side_no_larger_than_their_words_need(sheet, open_as, cast):
    changed, same = make_figure(sheet), make_figure(sheet)
    place(changed, number=2)
    place(same, number=2)
    make_round(sheet, to=cast.coach)
    changed.data["rows"][0]["value"] = "9"
    changed.save()
    page = open_as("coach")
    page.goto(f"/a3/{sheet.pk}/rounds/compare/")
    then, now = (page.locator(f".figure-{when} svg").bounding_box() for when in ("then", "now"))
    assert (then["y"], then["width"]) == (now["y"], now["width"])
    assert page.locator(".change .rt > .fig svg").bounding_box()["width"] <= 416
    expect(page.locator(".figure-cells")).to_contain_text("9")
