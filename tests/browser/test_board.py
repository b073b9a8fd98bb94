"""What people see and open on the schedule board, from planning a visit to seeing it confirmed."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from coaching.models import Leave, Visit
from coaching.times import whole_days
from tests.browser.boards import BOARD, at_nine, board, dropping, monday, other_coach
from tests.browser.seeing import axe, findings
from tests.coaching.factories import make_confirmed, make_request, make_visit

__all__ = ["at_nine", "board", "monday", "other_coach"]  # fixtures
HOUR = dt.timedelta(hours=1)


def test_staff_plan_a_visit_and_both_sides_confirm_it(cast, open_as, board, monday):
    page = open_as("staff")
    page.goto(BOARD)
    page.get_by_role("link", name="Plan a visit").click()
    page.get_by_label("Site").select_option(label="Riverside, New York time")
    page.get_by_label("Coach").select_option(label="Coach")
    page.get_by_label("Purpose").fill("Walk the discharge process.")
    page.get_by_label("Day", exact=True).fill(monday.isoformat())
    page.get_by_role("button", name="Place").click()
    expect(page.get_by_text("Tentative: waits for Coach and Halden Valley Health to confirm.")).to_be_visible()
    for person in ("coach", "change_agent"):
        page = board(person)
        page.get_by_role("button", name="Riverside").click()
        page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Confirmed by both sides.")).to_be_visible()
    assert Visit.objects.get().is_confirmed


def test_conflicts_are_shown_in_words_and_the_counter_goes_from_one_to_the_next(cast, board, at_nine):
    visits = []
    for days in (0, 2):
        make_confirmed(cast.site, cast.coach, starts_at=at_nine + 24 * days * HOUR)
        visits.append(make_visit(cast.other_site, cast.coach, starts_at=at_nine + 24 * days * HOUR))
    page = board("staff")
    counter = page.get_by_role("link", name="2 conflicts")
    for visit in (*visits, visits[0]):
        counter.click()
        expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Visit")
    expect(card).to_contain_text("Coach is at Halden Valley Health, Riverside until")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(f"#visit-{visits[0].pk}")).to_be_focused()


def test_a_fix_of_the_card_solves_the_conflict(cast, board, at_nine, other_coach):
    make_confirmed(cast.site, cast.coach, starts_at=at_nine)
    tentative = make_visit(cast.other_site, cast.coach, starts_at=at_nine, kind="review")
    page = board("staff")
    page.locator(f"#visit-{tentative.pk}").click()
    with dropping(page):
        page.get_by_role("button", name="Give to Other").click()
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#conflicts")).to_have_count(0)
    expect(page.locator(f"#visit-{tentative.pk}")).to_be_focused()
    assert Visit.objects.get(pk=tentative.pk).coach == other_coach


def test_leave_opens_in_its_card_and_is_taken_back_there(cast, board, monday):
    slot = whole_days(monday, monday, cast.coach.tzinfo)
    leave = Leave.objects.create(coach=cast.coach, note="Thanksgiving", added_by=cast.staff, **vars(slot))
    page = board("coach")
    page.get_by_role("button", name="Thanksgiving").click()
    expect(page.locator("#card")).to_contain_text("whole day")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The leave is taken back.")).to_be_visible()
    leave.refresh_from_db()
    assert leave.removed_by == cast.coach


def test_ranges_and_rows_are_links_and_a_week_of_a_quarter_opens(cast, board, at_nine):
    make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    for name in ("Month", "Quarter", "Partner"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Gemba walk at Halden Valley Health, Riverside").click()
    expect(page.get_by_role("button", name="Riverside")).to_be_visible()
    expect(page.get_by_role("link", name="Week", exact=True)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(
    "query",
    ["&range=week", "&range=month", "&range=quarter", "&by=partner", "&range=quarter&by=partner", "&time=mine"],
)
def test_every_range_and_mode_looks_right(cast, board, monday, at_nine, query):
    make_confirmed(cast.site, cast.coach, starts_at=at_nine)
    make_visit(cast.other_site, cast.coach, starts_at=at_nine + HOUR, kind="review")
    make_request(cast.site, cast.change_agent, preferred_from=monday, preferred_to=monday)
    cast.site.holidays.create(on=monday + dt.timedelta(days=2), name="Founder’s day")
    slot = whole_days(monday + dt.timedelta(days=3), monday + dt.timedelta(days=4), cast.coach.tzinfo)
    Leave.objects.create(coach=cast.coach, note="Thanksgiving", added_by=cast.staff, **vars(slot))
    page = board("staff", query)
    assert findings(page, f"board{query.replace('&', '-').replace('=', '-')}") == []


def test_it_prints_on_one_landscape_page(cast, board, at_nine):
    for number in range(6):
        make_visit(cast.site, cast.coach, starts_at=at_nine + 24 * number * HOUR)
    page = board("staff")
    with page.expect_event("console", lambda line: line.text == "printed"):
        page.evaluate("() => { window.print = () => console.log('printed'); }")
        page.get_by_role("button", name="Print").click()
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1


def test_paper_shows_the_grid_however_narrow_and_a_visit_is_no_large_sheet(cast, board, at_nine):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    page.set_viewport_size({"width": 800, "height": 900})
    page.emulate_media(media="print")
    assert (page.locator(".board").is_visible(), page.locator(".agenda").is_visible()) == (True, False)
    assert b"/MediaBox [0 0 1191" in page.pdf(prefer_css_page_size=True)
    page.goto(visit.get_absolute_url())
    assert b"/MediaBox [0 0 612 792]" in page.pdf(prefer_css_page_size=True)


def test_partner_people_drag_nothing(cast, board, at_nine):
    make_visit(cast.site, cast.coach, starts_at=at_nine)
    assert board("change_agent").locator(".moves, .movable").count() == 0
