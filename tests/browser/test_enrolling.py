"""A seat from asking to the admin: the learner asks, the change agent approves, the administrator cancels in bulk."""

import re

from playwright.sync_api import expect

from courses.models import Enrollment
from tests.browser import worlds
from tests.browser.seeing import findings
from tests.browser.walking import walks
from tests.courses import lateness

ENROLLMENTS = "/admin/courses/enrollment/"


def test_from_asking_to_the_admin(open_as, cast):
    offering = worlds.an_offering(cast)
    Enrollment.objects.filter(offering=offering, person=cast.learner).delete()

    learner = open_as("learner")
    learner.goto(offering.get_absolute_url())
    learner.get_by_role("button", name="Ask for a seat").click()
    expect(learner.get_by_text("You asked for a seat", exact=True)).to_be_visible()

    agent = open_as("change_agent")
    agent.goto("/courses/to-approve/")
    agent.get_by_role("button", name="Approve Learner").click()
    expect(agent.get_by_text("Learner has a seat in Managing with A3s.")).to_be_visible()

    office = open_as("administrator")
    office.goto(f"{ENROLLMENTS}?q=learner&state__exact=enrolled")
    office.get_by_role("row", name=re.compile("Learner")).get_by_role("checkbox").check()
    office.get_by_label("Action:").select_option("Cancel ...")
    office.get_by_role("button", name="Run").click()
    expect(office.get_by_role("heading", level=1)).to_be_visible()
    assert [*walks(office), *findings(office, "admin-cancel")] == []
    office.get_by_label("Reason").fill("The hall is closed")
    office.get_by_role("button", name="Cancel").click()
    expect(office.get_by_text("Cancelled: 1.")).to_be_visible()

    learner.goto(offering.get_absolute_url())
    expect(learner.get_by_role("button", name="Ask for a seat")).to_be_visible()


def test_the_admin_finds_a_partner_by_typing(open_as, cast):
    worlds.an_offering(cast)
    office = open_as("administrator")
    office.goto(ENROLLMENTS)
    office.locator(".typed-filter .select2-selection").first.click()
    office.locator(".select2-search__field").fill("corv")
    office.get_by_role("option", name="Corvane Aerospace").click()
    office.locator(".typed-filter").first.get_by_role("button", name="Show").click()
    expect(office.get_by_text("0 of 1 selected")).to_be_visible()


def test_an_offering_opens_beside_the_list_and_names_co_workers(open_as, cast):
    offering = worlds.an_offering(cast)
    agent = open_as("change_agent")
    agent.set_viewport_size({"width": 1440, "height": 900})
    agent.goto("/courses/")
    agent.locator(f'.off h3 a[href="{offering.get_absolute_url()}"]').click()
    panel = agent.locator("#beside .offer")
    expect(panel).to_be_focused()
    panel.get_by_label("Somebody else").press_sequentially("prit")
    expect(panel.locator(".pick")).to_have_count(1)
    panel.get_by_label("Priti Anand").check()
    panel.get_by_role("button", name="Enroll them").click()
    expect(agent.get_by_text("Enrolled: 1. Waiting for a seat: 0.")).to_be_visible()


def test_on_a_phone_an_offering_is_a_page_of_its_own(open_as, cast):
    offering = worlds.an_offering(cast)
    learner = open_as("learner")
    learner.set_viewport_size({"width": 390, "height": 844})
    learner.goto("/courses/")
    learner.locator(f'.off h3 a[href="{offering.get_absolute_url()}"]').click()
    learner.wait_for_url(f"**{offering.get_absolute_url()}")


def test_a_wrong_code_keeps_a_late_request_and_the_right_one_lets_in(open_as, cast):
    offering = lateness.a_late_offering(cast)
    learner = open_as("learner")
    learner.set_viewport_size({"width": 390, "height": 844})
    learner.goto(offering.get_absolute_url())
    learner.get_by_label("Why so late?").fill("The first one fell ill")
    learner.get_by_label("Code, if LEI gave you one").fill("late 3 kata")
    learner.get_by_role("button", name="Ask late").click()
    expect(learner.get_by_text("The code does not hold")).to_be_visible()
    expect(learner.get_by_text("Your late request is kept.")).to_be_visible()
    assert findings(learner, "late-kept") == []
    learner.get_by_label("Has LEI given you a code?").fill("late 2 kata ")
    learner.keyboard.press("Enter")
    expect(learner.get_by_text("You asked for a seat", exact=True)).to_be_visible()

    agent = open_as("change_agent")
    agent.goto("/courses/to-approve/")
    agent.get_by_role("button", name="Approve Learner").click()
    expect(agent.get_by_text("Learner has a seat in Kata for Leaders.")).to_be_visible()
