"""Several schedulers at one board: nobody overwrites what somebody else did, and everybody sees it soon."""

import datetime as dt

from playwright.sync_api import expect

from coaching import actions
from coaching.models import Visit
from coaching.times import Slot
from tests.browser.boards import at_nine, board, drag, monday, other_coach, pick_up
from tests.coaching.factories import make_request, make_visit

__all__ = ["at_nine", "board", "monday", "other_coach"]  # fixtures
DAY = dt.timedelta(days=1)


def move(visit, by, days, coach=None):
    slot = Slot(visit.starts_at + days * DAY, visit.ends_at + days * DAY, visit.zone)
    return actions.move(visit, by=by, slot=slot, coach=coach, reason="They asked for it.")


def test_two_schedulers_collide_and_nothing_is_lost(cast, board, at_nine, other_coach):
    monday = at_nine.date()
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    first = board("staff")
    second = first.context.new_page()
    second.route("**/news/**", lambda route: route.fulfill(status=204))  # it hears nothing
    second.goto(first.url)
    assert drag(first, first.locator(f"#visit-{visit.pk}"), monday + 2 * DAY, other_coach) == 200
    assert drag(second, second.locator(f"#visit-{visit.pk}"), monday + 3 * DAY, cast.coach) == 409
    expect(second.locator("#toasts")).to_contain_text("Somebody has changed this visit meanwhile.")
    expect(second.locator(f".lane[data-coach='{other_coach.pk}'] #visit-{visit.pk}")).to_be_visible()
    assert (Visit.objects.get().coach, Visit.objects.get().first_day) == (other_coach, monday + 2 * DAY)
    assert drag(second, second.locator(f"#visit-{visit.pk}"), monday + 3 * DAY, cast.coach) == 200
    second.close()


def test_what_somebody_else_changes_appears_without_a_reload_and_keeps_the_focus(cast, board, at_nine, other_coach):
    mine = make_visit(cast.site, cast.coach, starts_at=at_nine)
    theirs = make_visit(cast.other_site, other_coach, starts_at=at_nine)
    page = board("staff")
    page.locator(f"#visit-{mine.pk}").focus()
    page.evaluate("() => { window.stayed = true; scrollTo(0, 60); }")
    move(theirs, cast.staff, 2)
    expect(page.locator("#toasts")).to_contain_text("Updated: Other Coach’s week changed.")
    expect(page.locator(f"#visit-{theirs.pk}")).to_have_attribute("data-start", "4")
    expect(page.locator(f"#visit-{mine.pk}")).to_be_focused()
    move(mine, cast.staff, 1)
    expect(page.locator(f"#visit-{mine.pk}")).to_have_attribute("data-start", "2")
    expect(page.locator(f"#visit-{mine.pk}")).to_be_focused()
    assert page.evaluate("() => window.stayed")


def test_nothing_moves_below_what_is_carried(cast, board, at_nine, other_coach):
    mine = make_visit(cast.site, cast.coach, starts_at=at_nine)
    theirs = make_visit(cast.other_site, other_coach, starts_at=at_nine)
    page = board("staff")
    pick_up(page, page.locator(f"#visit-{mine.pk}"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ghost")).to_be_visible()
    move(theirs, cast.staff, 2)
    page.wait_for_timeout(6000)  # longer than it waits between two looks
    expect(page.locator(f"#visit-{theirs.pk}")).to_have_attribute("data-start", "0")
    page.keyboard.press("Escape")
    expect(page.locator(f"#visit-{theirs.pk}")).to_have_attribute("data-start", "4")


def test_a_new_request_appears_below_the_board(cast, board, monday):
    page = board("staff")
    make_request(cast.site, cast.change_agent, preferred_from=monday, preferred_to=monday)
    expect(page.locator(".req")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Updated: what waits to be placed.")
