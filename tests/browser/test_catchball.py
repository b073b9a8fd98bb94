"""A whole catchball between owner and coach, each in a browser of their own; and times to talk on two clocks."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from a3.models import Agreement, Sheet, State, Talk
from tests.a3.factories import make_sheet
from tests.browser.test_sheet import write_in


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={3: "<p>By noon.</p>"})


def side(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Beside the sheet").get_by_role("link", name=name).click()
    expect(page.locator(".tabs [aria-current]")).to_contain_text(name)


def test_from_asking_the_coach_to_a_lapsed_agreement(open_as, sheet, complaints):
    owner, coach = open_as("change_agent"), open_as("coach")
    ask_for_coaching(owner, sheet)
    ask_a_question_and_hand_back(coach, sheet)
    answer_and_ask_to_agree(owner, sheet)
    agree(coach, sheet)
    enter_agreed(owner, sheet)
    owner.goto(f"/a3/{sheet.pk}/")
    write_in(owner, "Goal")
    owner.keyboard.type(" Or by one.")
    expect(owner.locator("#save-state")).to_contain_text("Saved ")
    owner.get_by_role("button", name="Done").click()
    expect(owner.locator("a3-editor")).to_have_count(0)
    side(owner, "Agreement")
    expect(owner.locator(".said")).to_contain_text("lapsed: agreed to round 2")
    expect(owner.locator(".said")).to_contain_text("other words stand in 3 Goal")
    assert (Agreement.objects.get().answer, Sheet.objects.get().state) == ("lapsed", State.AGREED)
    assert [line for line in complaints if "422" not in line] == []
    complaints.clear()


def ask_for_coaching(owner: Page, sheet: Sheet) -> None:
    owner.goto(f"/a3/{sheet.pk}/")
    owner.get_by_role("link", name="Ask for coaching").click()
    expect(owner.get_by_text("the sheet enters “In coaching”")).to_be_visible()
    owner.get_by_role("button", name="Hand over").click()
    expect(owner.locator(".bar")).to_contain_text("In coaching")
    expect(owner.locator(".bar")).to_contain_text("Coach’s turn")


def ask_a_question_and_hand_back(coach: Page, sheet: Sheet) -> None:
    coach.goto(f"/a3/{sheet.pk}/")
    coach.get_by_label("On which section").select_option(label="3 Goal")
    coach.get_by_label("In your words").fill("By which day?")
    coach.get_by_role("button", name="Remark").click()
    coach.get_by_role("link", name="Hand over").click()
    expect(coach.get_by_text("By which day?")).to_be_visible()  # what waits is listed before the ball goes
    coach.get_by_role("button", name="Hand over").click()
    expect(coach.locator(".bar")).to_contain_text("Change Agent’s turn")


def answer_and_ask_to_agree(owner: Page, sheet: Sheet) -> None:
    owner.goto(f"/a3/{sheet.pk}/")
    owner.get_by_text("Mark as answered").first.click()
    owner.get_by_role("button", name="Mark as answered").click()
    expect(owner.locator(".note.done")).to_be_visible()
    side(owner, "Agreement")
    owner.get_by_role("link", name="Ask people to agree").click()
    owner.get_by_label("Coach, coach").check()
    owner.get_by_role("button", name="Ask them").click()
    expect(owner.locator(".said")).to_contain_text("no answer yet")
    expect(owner.locator(".bar")).to_contain_text("In agreement")


def agree(coach: Page, sheet: Sheet) -> None:
    coach.goto(f"/a3/{sheet.pk}/?side=agreement")
    coach.get_by_role("button", name="Not yet").click()
    expect(coach.get_by_text("Say what is missing before you agree")).to_be_visible()
    coach.get_by_label("In your words").fill("Yes, now.")
    coach.get_by_role("button", name="I agree").click()
    expect(coach.locator(".said")).to_contain_text("agreed to round 2")
    expect(coach.locator(".said")).to_contain_text("Yes, now.")


def enter_agreed(owner: Page, sheet: Sheet) -> None:
    owner.goto(f"/a3/{sheet.pk}/?side=agreement")
    owner.get_by_role("link", name="Enter “Agreed”").click()
    owner.get_by_label("Why now?").fill("Both of us mean the same.")
    owner.get_by_role("button", name="Enter this state").click()
    expect(owner.locator(".states")).to_contain_text("Both of us mean the same.")


def test_taken_back_from_the_coach(open_as, sheet):
    owner = open_as("change_agent")
    ask_for_coaching(owner, sheet)
    owner.get_by_role("link", name="Take back").click()
    owner.get_by_role("button", name="Take it back").click()
    expect(owner.locator("#side")).to_contain_text("Taken back")
    expect(owner.locator(".bar").get_by_role("link", name="Hand over")).to_be_visible()


def test_times_to_talk_are_said_on_both_clocks_while_they_are_entered(open_as, cast, sheet):
    for person, zone in ((cast.change_agent, "America/New_York"), (cast.coach, "Europe/Copenhagen")):
        person.zone = zone
        person.save()
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=5)
    owner = open_as("change_agent")
    owner.goto(f"/a3/{sheet.pk}/talks/")
    owner.get_by_label("A time that suits you").fill(f"{day}T09:00")
    expect(owner.locator("output").first).to_contain_text(":00 for Coach")
    shown = owner.locator("output").first.inner_text()
    owner.get_by_role("button", name="Ask").click()
    talk = Talk.objects.get()
    there = talk.offered_times[0].astimezone(cast.coach.tzinfo)
    assert f"{there:%H:%M} for Coach" in shown
    coach = open_as("coach")
    coach.goto(f"/a3/talks/{talk.pk}/")
    coach.get_by_role("button", name="Take this time").click()
    expect(coach.get_by_text("Agreed, and in both calendars")).to_be_visible()


def test_a_coachs_notes_are_kept_beside_the_sheet(open_as, sheet):
    coach = open_as("coach")
    coach.goto(f"/a3/{sheet.pk}/?side=details")
    coach.get_by_label("A note to yourself").fill("Brings numbers now.")
    coach.get_by_role("button", name="Keep this note").click()
    expect(coach.locator("#own-notes li")).to_contain_text("Brings numbers now.")
    owner = open_as("change_agent")
    owner.goto(f"/a3/{sheet.pk}/?side=details")
    expect(owner.locator("#side")).not_to_contain_text("notes")


def test_a_phone_says_whose_turn_it_is_and_takes_it_back(open_as, cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach)
    page = open_as("change_agent")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(sheet.get_absolute_url())
    expect(page.locator(".turn-line")).to_contain_text("Coach’s turn since")
    page.locator(".turn-line").get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".turn-line")).to_have_count(0)
