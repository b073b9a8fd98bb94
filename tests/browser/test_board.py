"""What people do on the schedule board with pointer, keys and forms, from planning a visit to seeing it confirmed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Visit
from tests.browser.seeing import axe
from tests.coaching.factories import make_confirmed, make_request, make_visit
from tests.factories import make_person

BOARD = reverse("coaching:board")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def monday():
    """Monday of next week, so that nothing on it is over."""
    today = timezone.localdate()
    return today + dt.timedelta(days=7 - today.weekday())


@pytest.fixture
def at_nine(monday):
    return dt.datetime.combine(monday, dt.time(14), dt.UTC)


@pytest.fixture
def other_coach(cast):
    return make_person("other_coach", is_coach=True)


@pytest.fixture
def board(open_as, monday):
    def open_(person):
        page = open_as(person)
        page.goto(f"{BOARD}?from={monday}")
        return page

    return open_


def drag(page, source, day, coach):
    """Drag with the pointer from the middle of `source` to the morning of a day in a coach's row."""
    column, row = page.locator(f".dd[data-day='{day}']"), page.locator(f".lane[data-coach='{coach.pk}']")
    row.scroll_into_view_if_needed()
    start, to, lane = source.bounding_box(), column.bounding_box(), row.bounding_box()
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=3)
    page.mouse.move(to["x"] + to["width"] / 4, lane["y"] + lane["height"] / 2, steps=5)
    with page.expect_response(lambda answer: answer.url.endswith("/drop/")) as answer:
        page.mouse.up()
    return answer.value.status


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


def test_a_visit_is_dragged_to_another_coach_and_day(cast, board, monday, at_nine, other_coach):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    wednesday = monday + dt.timedelta(days=2)
    assert drag(page, page.locator(f"#visit-{visit.pk}"), wednesday, other_coach) == 200
    expect(page.locator(f".lane[data-coach='{other_coach.pk}'] .ev")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Moved to Other Coach")
    visit.refresh_from_db()
    assert (visit.coach, visit.first_day) == (other_coach, wednesday)


def test_a_request_is_dragged_onto_a_coachs_day(cast, board, monday):
    make_request(cast.site, cast.change_agent, preferred_from=monday, preferred_to=monday)
    page = board("staff")
    assert drag(page, page.locator(".req"), monday, cast.coach) == 200
    expect(page.get_by_role("button", name="Halden Valley Health")).to_be_visible()
    assert Visit.objects.get().first_day == monday


def test_a_drag_onto_a_confirmed_visit_is_refused_in_words(cast, board, monday, at_nine, complaints):
    make_confirmed(cast.other_site, cast.coach, starts_at=at_nine)
    later = make_visit(cast.site, cast.coach, starts_at=at_nine + 48 * HOUR)
    page = board("staff")
    assert drag(page, page.locator(f"#visit-{later.pk}"), monday, cast.coach) == 422
    expect(page.locator("#toasts")).to_contain_text("Coach is at Corvane Aerospace, Wichita until")
    assert "422" in complaints.pop()  # Chromium reports every refusal


def test_a_visit_is_moved_by_keys_and_each_step_is_spoken(cast, board, monday, at_nine):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    page.locator(f"#visit-{visit.pk}").focus()
    page.keyboard.press("m")
    expect(page.locator("#spoken")).to_contain_text("Picked up. Coach, Monday")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#spoken")).to_contain_text("afternoon")
    page.keyboard.press("Escape")
    expect(page.locator("#spoken")).to_have_text("Put back.")
    for key in ("m", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    with page.expect_response(lambda answer: answer.url.endswith("/drop/")):
        page.keyboard.press("Enter")
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    visit.refresh_from_db()
    assert visit.first_day == monday + dt.timedelta(days=1)


def test_a_conflict_is_shown_in_words_with_its_counter(cast, board, at_nine):
    make_confirmed(cast.site, cast.coach, starts_at=at_nine)
    tentative = make_visit(cast.other_site, cast.coach, starts_at=at_nine)
    page = board("staff")
    expect(page.get_by_role("link", name="1 conflict")).to_be_visible()
    page.locator(f"#visit-{tentative.pk}").click()
    card = page.get_by_role("dialog", name="Visit")
    expect(card).to_contain_text("Coach is at Halden Valley Health, Riverside until")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(f"#visit-{tentative.pk}")).to_be_focused()


def test_partner_people_drag_nothing(cast, board, at_nine):
    make_visit(cast.site, cast.coach, starts_at=at_nine)
    assert board("change_agent").locator(".movable").count() == 0
