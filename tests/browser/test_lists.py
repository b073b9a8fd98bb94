"""Filters kept as a list, who met a problem before, another type, the archive and Undo: as a person does it."""

from playwright.sync_api import expect

from a3.models import SavedList, Sheet, State
from tests.a3.factories import make_sheet, sheet_type


def test_filters_are_chosen_kept_and_taken_off(cast, open_as):
    make_sheet(cast.learner, cast.site, title="Leave by noon", state=State.IN_TRIAL)
    make_sheet(cast.change_agent, cast.site, title="Beds open late")
    page = open_as("change_agent")
    page.goto("/a3/")
    page.get_by_role("link", name="Filter").click()
    page.get_by_label("State").select_option(label="In trial")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".sheets li")).to_have_count(1)
    page.get_by_role("link", name="Keep this list").click()
    page.get_by_label("Call it").fill("Trials")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("navigation", name="My lists")).to_contain_text("Trials")
    page.get_by_role("link", name="State: In trial").click()
    expect(page.locator(".sheets li")).to_have_count(2)
    assert SavedList.objects.get().query == "state=in_trial"


def test_who_met_it_before_while_typing(cast, open_as):
    make_sheet(cast.learner, cast.site, title="Leave before noon", bodies={2: "<p>Letters are late.</p>"})
    sheet_type()
    page = open_as("change_agent")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/a3/new/")
    page.get_by_label("Title").press_sequentially("Letters are written late")
    expect(page.locator("#similar")).to_contain_text("Leave before noon")
    expect(page.locator("#similar mark").first).to_have_text("Letters")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_draft_becomes_another_type(cast, open_as):
    sheet = make_sheet(cast.learner, cast.site, bodies={4: "<p>Nobody signs</p>"})
    page = open_as("learner")
    page.goto(f"/a3/{sheet.pk}/?side=details")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("link", name="Proposal").click()
    expect(page.locator(".moves")).to_contain_text("goes to “What we have considered”")
    page.get_by_role("button", name="Make it “Proposal”").click()
    expect(page.locator(".sheet")).to_contain_text("Nobody signs")
    assert Sheet.objects.get().type.slug == "proposal"


def test_put_in_the_archive_and_undone(cast, open_as):
    sheet = make_sheet(cast.learner, cast.site)
    page = open_as("learner")
    page.goto(f"/a3/{sheet.pk}/?side=details")
    page.get_by_role("link", name="Archive").click()
    page.get_by_role("button", name="Put it in the archive").click()
    expect(page.get_by_text("In the archive since")).to_be_visible()
    expect(page.get_by_role("link", name="Write in Background")).to_have_count(0)
    page.get_by_role("button", name="Undo: take it back").click()
    expect(page.get_by_text("In the archive since")).to_have_count(0)
