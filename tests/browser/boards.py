"""What the tests of the board do again and again: open it, drag something, wait for the answer."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_person

BOARD = reverse("coaching:board")


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
    def open_(person, query=""):
        page = open_as(person)
        page.goto(f"{BOARD}?from={monday}{query}")
        return page

    return open_


def dropping(page):
    """Wait for the answer to what is dropped inside."""
    return page.expect_response(lambda answer: "/drop/" in answer.url)


def drag(page, source, day, coach):
    """Drag with the pointer to the morning of a day in a coach's row; returns the status of the answer."""
    column, row = page.locator(f".dd[data-day='{day}']"), page.locator(f".lane[data-coach='{coach.pk}']")
    row.scroll_into_view_if_needed()
    start, to, lane = source.bounding_box(), column.bounding_box(), row.bounding_box()
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=3)
    for step in range(30):  # what moves it comes to the page only now
        page.mouse.move(to["x"] + to["width"] / 4 + step % 2, lane["y"] + min(lane["height"] / 2, 30), steps=5)
        if page.locator(".ghost").is_visible():
            break
        page.wait_for_timeout(100)
    with dropping(page) as answer:
        page.mouse.up()
    return answer.value.status


def pick_up(page, mark):
    """Pick something up with keys; what moves it comes to the page only then."""
    mark.focus()
    page.keyboard.press("m")
    page.locator(".lifted").wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
