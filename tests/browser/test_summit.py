"""A team at a Summit: on a phone it picks a session, notes what it sees, and says what it will try."""

from playwright.sync_api import expect

from courses.models import Team
from tests.browser.seeing import findings
from tests.courses.summits import a_summit


def test_a_team_writes_on_a_phone(open_as, cast):
    offering = a_summit(cast)
    phone = open_as("learner")
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(offering.get_absolute_url())
    phone.get_by_role("link", name="Programme").click()
    phone.get_by_role("button", name="Planning by hand").click()
    expect(phone.get_by_text("1 of 1 places taken")).to_be_visible()
    phone.get_by_role("link", name="Riverside").click()
    phone.get_by_label("What did you see or hear?").fill("Red means: come and ask")
    phone.get_by_label("In which session?").select_option("Kata at the bedside")
    phone.get_by_role("button", name="Keep the note").click()
    expect(phone.get_by_text("Red means: come and ask")).to_be_visible()
    phone.get_by_label("What we try").fill("One red card a shift")
    phone.get_by_label("Who").select_option("Learner")
    phone.get_by_label("By when").fill("2031-01-14")
    phone.get_by_role("button", name="We try it").click()
    expect(phone.get_by_role("button", name="One red card a shift")).to_be_visible()
    assert findings(phone, "team-phone") == []

    agent = open_as("change_agent")
    agent.goto(Team.objects.get(name="Riverside").get_absolute_url())
    expect(agent.get_by_text("One red card a shift", exact=True)).to_be_visible()
