"""A partner's year as people look at it: with the courses, on a phone, on paper."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.models import Kind
from tests.browser import charter_worlds
from tests.browser.worlds import at
from tests.coaching.factories import make_confirmed
from tests.courses.factories import make_course, make_offering
from tests.factories import make_person, make_site


@pytest.fixture
def year(cast, open_as):
    """The page of a full year, as a change agent opens it."""
    charter_worlds.a_year(cast)
    make_offering(make_course("Coaching with A3s"), partner=cast.partner, in_days=0)
    coach = make_person("busy", is_coach=True)
    for number in range(7):
        site = make_site(cast.partner, f"Site {number}", zone="Europe/Paris")
        for month in range(0, 12, 2):
            starts_at = at(0, 9).replace(month=1 + month, day=3 + number)
            make_confirmed(site, coach, starts_at=starts_at, ends_at=starts_at + dt.timedelta(1), kind=Kind.ONSITE)
    page = open_as("change_agent")
    page.goto(reverse("coaching:partner_year", args=[cast.partner.pk]))
    return page


def test_courses_join_the_grid_and_the_year_is_reached_from_the_partner(cast, year):
    expect(year.get_by_role("link", name="Coaching with A3s")).to_be_visible()
    year.goto(cast.partner.get_absolute_url())
    year.get_by_role("link", name="The year").click()
    expect(year.get_by_role("rowheader", name="Riverside")).to_be_visible()


def test_a_phone_shows_a_list_by_month_and_no_grid(year):
    year.set_viewport_size({"width": 390, "height": 844})
    expect(year.locator(".yr-list h2").first).to_be_visible()
    expect(year.locator(".yr-grid thead")).to_be_hidden()
    assert year.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [1440, 390])
def test_it_prints_on_one_landscape_page(year, width):
    year.set_viewport_size({"width": width, "height": 900})
    paper = year.pdf(prefer_css_page_size=True)
    assert (paper.count(b"/Type /Page\n"), b"/MediaBox [0 0 792 612]" in paper) == (1, True)
