"""The door list on a phone without a connection: taps survive closing the tab, arrive once and in order, and belong to
who made them; two phones at the same door agree.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from courses import actions
from courses.models import Attendance, Enrollment, Offering
from tests.browser.conftest import session_cookie
from tests.browser.seeing import axe, sideways
from tests.browser.test_offline_sheet import is_kept
from tests.browser.writing import die, kept, waits
from tests.courses.attendances import a_door_list

PHONE = ViewportSize(width=390, height=844)
SAYS = "Not sent yet"
A_DAY_LATER = """() => {
  const Real = Date;
  window.Date = class extends Real { constructor() { super(Real.now() + 86400000); } };
}"""


@pytest.fixture
def offering(cast) -> Offering:
    """Four of seven are marked today: three here, Dana not."""
    return a_door_list(cast)


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    """The console notes each request that finds no server, or is refused."""
    yield
    noted = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "404", "422")
    assert [line for line in complaints if not any(each in line for each in noted)] == []
    complaints.clear()


@pytest.fixture
def at_door(open_as, offering):
    def open_(name: str) -> Page:
        page: Page = open_as(name)
        page.set_viewport_size(PHONE)
        page.goto(f"/courses/{offering.pk}/")
        page.get_by_role("link", name="Open the door list").click()
        page.wait_for_url("**/door/")
        return page

    return open_


@pytest.fixture
def door(at_door, offering) -> Page:
    """The coach opens the list on a phone, which keeps it; then the connection goes."""
    page: Page = at_door("coach")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    is_kept(page, f"/courses/{offering.pk}/door/")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.context.set_offline(True)
    return page


@pytest.fixture
def come_back():
    """The tab was closed; the same phone opens the same page, or another one."""
    pages = []

    def open_(gone: Page, url: str = "") -> Page:
        die(gone)
        page: Page = gone.context.new_page()
        pages.append(page)
        page.set_viewport_size(PHONE)
        page.goto(url or gone.url)
        return page

    yield open_
    for page in pages:
        page.context.set_offline(False)
        page.close()


def row(page: Page, name: str):
    return page.locator("#seats > li", has_text=name)


def tap(page: Page, name: str, words: str) -> None:
    button = page.get_by_role("button", name=f"{words} {name}", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def pressed(page: Page) -> list[str]:
    return page.locator("#seats button[aria-pressed=true]").all_inner_texts()


def all_sent(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_text("All sent")
    expect(page.locator(".unsent")).to_have_count(0)
    waits(page, "")


def nothing_left(page: Page, person) -> None:
    for _ in range(60):
        if not kept(page, "entries", person):
            return
        page.wait_for_timeout(250)
    raise AssertionError(kept(page, "entries", person))


def today(offering) -> dict[str, bool]:
    day = offering.today(timezone.now())
    return dict(Attendance.objects.filter(day=day).values_list("enrollment__person__name", "present"))


BEFORE = {"Ana Prado": True, "Bo Lindqvist": True, "Chidi Okafor": True, "Dana Whitlock": False}


def test_a_whole_list_is_marked_off_line_and_arrives_once(door, come_back, cast, offering):
    door.reload()
    expect(door.locator("#count")).to_have_text("3 of 7 are here, 3 not marked")
    tap(door, "Emre Şahin", "Here")
    tap(door, "Fatima Zahra", "Here")
    tap(door, "Dana Whitlock", "Here")
    tap(door, "Fatima Zahra", "Not here")
    rest = door.locator("#rest")
    rest.click()
    expect(rest).to_have_text("Sure? Tap again")
    rest.click()
    expect(rest).to_be_hidden()
    expect(door.locator("#count")).to_have_text("5 of 7 are here")
    waits(door, "Saved on this computer, not sent yet: 5 marks.")
    expect(door.locator("#save-state")).to_have_text("Not sent yet: waiting for a connection")
    expect(row(door, "Emre Şahin")).to_contain_text(SAYS)
    assert (axe(door), sideways(door), today(offering)) == ([], 0, BEFORE)
    again = come_back(door)
    expect(again.locator("#count")).to_have_text("5 of 7 are here")
    expect(again.locator(".unsent")).to_have_count(4)
    again.context.set_offline(False)
    all_sent(again)
    marked = {"Dana Whitlock": True, "Emre Şahin": True, "Fatima Zahra": False, "Hana Ito": False}
    assert today(offering) == BEFORE | marked
    assert kept(again, "entries", cast.coach) == []
    again.reload()
    expect(again.locator("#count")).to_have_text("5 of 7 are here")


def test_another_person_on_the_phone_sees_and_sends_nothing(door, come_back, cast, live_server, offering):
    tap(door, "Emre Şahin", "Here")
    context = door.context
    door.evaluate("() => { window.fetch = () => Promise.reject(); }")
    context.set_offline(False)
    context.clear_cookies()
    context.add_cookies([session_cookie(cast, "staff", live_server.url)])
    theirs = come_back(door)
    expect(theirs.locator("#count")).to_have_text("3 of 7 are here, 3 not marked")
    tap(theirs, "Hana Ito", "Here")
    all_sent(theirs)
    waits(theirs, "")
    assert today(offering) == BEFORE | {"Hana Ito": True}
    assert [entry["name"] for entry in kept(theirs, "entries", cast.coach)] == ["Emre Şahin"]
    context.clear_cookies()
    context.add_cookies([session_cookie(cast, "coach", live_server.url)])
    theirs.goto("/courses/")
    nothing_left(theirs, cast.coach)
    mark = Attendance.objects.get(enrollment__person__name="Emre Şahin", day=offering.today(timezone.now()))
    assert (mark.present, mark.noted_by) == (True, cast.coach)


def test_of_two_phones_the_last_tap_counts_also_when_it_arrives_first(door, at_door, offering):
    tap(door, "Emre Şahin", "Here")
    staff = at_door("staff")
    tap(staff, "Emre Şahin", "Not here")
    all_sent(staff)
    door.context.set_offline(False)
    all_sent(door)
    expect(door.get_by_role("button", name="Not here Emre Şahin")).to_have_attribute("aria-pressed", "true")
    assert today(offering) == BEFORE | {"Emre Şahin": False}


def test_what_the_server_refuses_stays_and_says_why(door, cast):
    tap(door, "Emre Şahin", "Here")
    tap(door, "Hana Ito", "Here")
    actions.cancel(Enrollment.objects.get(person__name="Emre Şahin"), by=cast.staff, reason="Ill")
    door.context.set_offline(False)
    waits(door, "Emre Şahin waits for you: Emre Şahin has no seat: cancelled.")
    expect(row(door, "Emre Şahin")).to_have_count(0)
    refused = door.get_by_role("list", name="Not kept")
    expect(refused).to_contain_text("Emre Şahin has no seat: cancelled.")
    assert [entry["name"] for entry in kept(door, "entries", cast.coach)] == ["Emre Şahin"]
    assert axe(door) == []
    refused.get_by_role("button", name="Leave it").click()
    all_sent(door)
    expect(refused).to_be_hidden()


def test_days_and_names_without_a_connection(door, offering):
    door.get_by_role("searchbox", name="Find a name").fill("sahin")
    expect(door.locator("#seats > li:visible")).to_have_count(1)
    tap(door, "Emre Şahin", "Here")
    door.get_by_role("searchbox", name="Find a name").fill("nobody")
    expect(door.get_by_text("Nobody of that name has a seat.")).to_be_visible()
    door.get_by_role("searchbox", name="Find a name").fill("")
    first, _, last = door.get_by_role("navigation", name="Days").get_by_role("link").all()
    first.click()
    expect(door.locator("#count")).to_have_text("6 of 7 were here")
    last.click()
    expect(door.get_by_text("This day has not begun yet at the place.")).to_be_visible()
    assert door.locator(".taps button:enabled").count() == 0
    door.reload()
    expect(door.get_by_role("navigation", name="Days").locator("[aria-current]")).to_have_text(last.inner_text())
    assert re.search(r"\?day=\d{4}-\d\d-\d\d$", door.url)
    door.context.set_offline(False)
    all_sent(door)
    assert today(offering) == BEFORE | {"Emre Şahin": True}


def test_a_page_left_open_over_night_turns_to_the_next_day(at_door, offering):
    page = at_door("coach")
    tabs = page.get_by_role("navigation", name="Days")
    first, second, third = (tab.inner_text() for tab in tabs.get_by_role("link").all())
    expect(tabs.locator("[aria-current]")).to_have_text(second)
    page.evaluate(A_DAY_LATER)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(tabs.locator("[aria-current]")).to_have_text(third)
    tabs.get_by_role("link", name=first).click()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#count")).to_have_text("6 of 7 were here")
    expect(tabs.locator("[aria-current]")).to_have_text(first)


def test_somebody_put_down_meanwhile_appears(at_door, cast, offering):
    page = at_door("coach")
    expect(page.locator("#count")).to_have_text("3 of 7 are here, 3 not marked")
    actions.walk_in(offering, person=cast.learner, by=cast.staff)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#count")).to_have_text("4 of 8 are here, 3 not marked")
    tap(page, "Hana Ito", "Here")
    all_sent(page)
    assert sorted(pressed(page))[0].startswith("Here")
