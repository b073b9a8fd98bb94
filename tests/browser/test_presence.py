"""Two people have one sheet open: each sees that the other is there, and in which section."""

from playwright.sync_api import expect

from tests.a3.factories import make_sheet
from tests.browser.writing import open_sheet, write_in


def tell(page):
    """Do not wait for the quarter of a minute."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_each_sees_where_the_other_is(open_as, cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    owner, coach = open_sheet(open_as("change_agent"), sheet), open_sheet(open_as("coach"), sheet)
    write_in(owner, "Background", "Beds open late")
    tell(owner)
    tell(coach)
    section = coach.locator(".sec", has=coach.get_by_role("heading", name="Background"))
    expect(section).to_contain_text("Change writes here")
    expect(coach.locator("#presence")).to_contain_text("Change writes here")
    coach.get_by_role("heading", name="Goal").click()
    tell(coach)
    tell(owner)
    section = owner.locator(".sec", has=owner.get_by_role("heading", name="Goal"))
    expect(section).to_contain_text("Coach is here")
