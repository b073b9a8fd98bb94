"""A coach drafts the memo of a walk, edits it, looks at it as its people will, and sends it once."""

import pytest
from playwright.sync_api import expect

from coaching.models import Memo
from partners.models import Mail
from tests.browser.seeing import axe
from tests.browser.writing import stands
from tests.coaching.walks import make_record


@pytest.fixture
def visit(cast):
    return make_record(cast)


def editor(page):
    return page.locator("a3-editor [contenteditable]")


def test_it_is_drafted_edited_looked_at_and_sent(open_as, visit, cast):
    page = open_as("coach")
    page.goto(f"/coaching/visits/{visit.pk}/")
    page.locator(".visit-record").get_by_role("link", name="Draft it").click()
    page.get_by_role("button", name="Draft the memo").click()
    expect(editor(page)).to_contain_text("Two patients dressed and waiting")
    expect(page.get_by_role("button", name="Diagram")).to_be_hidden()
    expect(page.get_by_role("button", name="Photo", exact=True)).to_be_hidden()
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("See you in four weeks.")
    stands(page, "Saved ")
    assert axe(page) == []
    page.get_by_role("link", name="Look and send").click()
    expect(page.get_by_text("See you in four weeks.")).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("Change Agent")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("From now on this memo stays as it is.")).to_be_visible()
    expect(page.locator("a3-editor")).to_have_count(0)
    memo = Memo.objects.get()
    assert ("See you in four weeks." in memo.body, memo.sent_by) == (True, cast.coach)
    assert set(Mail.objects.values_list("person__name", flat=True)) == {"Coach", "Change Agent"}


def test_a_draft_written_off_line_arrives_and_two_who_write_are_shown_both(open_as, visit, cast, complaints):
    memo = Memo.objects.create(visit=visit, body="<p>First</p>", written_by=cast.coach, changed_by=cast.coach)
    page = open_as("coach")
    page.goto(memo.get_absolute_url())
    editor(page).click()
    page.context.set_offline(True)
    page.keyboard.press("Control+End")
    page.keyboard.type(" and mine")
    stands(page, "Not sent yet: waiting for a connection")
    Memo.objects.filter(pk=memo.pk).update(body="<p>First and theirs</p>", revision=2, changed_by=cast.staff)
    page.context.set_offline(False)
    panel = page.get_by_role("alertdialog")
    expect(panel).to_contain_text("This memo was changed in the meantime")
    panel.get_by_role("button", name="Put both").click()
    expect(editor(page)).to_contain_text("First and mine")
    memo.refresh_from_db()
    assert memo.body == "<p>First and theirs</p><p>First and mine</p>"
    complaints.clear()  # the console notes requests without a connection, and the 409
