"""Printing from the sheet's own page: the words follow the print, and without a worker the page helps itself."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import expect

from a3 import schedules, tasks
from a3.models import SheetPrint
from tests.a3.factories import section_of
from tests.a3.prints import full_sheet, sheet_of


def test_the_page_tells_how_far_the_print_is_and_draws_it_here_when_no_worker_comes(cast, open_as):
    sheet = full_sheet(cast)
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    page.get_by_role("button", name="PDF").click()
    words = page.locator("#print")
    expect(words).to_contain_text("Waiting for the printer")
    SheetPrint.objects.update(queued_at=timezone.now() - dt.timedelta(seconds=20))
    page.get_by_role("button", name="Make it here now").click()
    expect(words.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=60_000)
    pdf = page.request.get(words.get_by_role("link").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")


def test_remarks_on_11_x_17_are_chosen_in_a_small_menu_and_remembered(cast, open_as):
    sheet = full_sheet(cast)
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    page.locator(".print-how summary").click()
    page.get_by_label("11 x 17 in").check()
    page.get_by_label("Remarks on a second sheet").check()
    page.get_by_role("button", name="Print like this").click()
    expect(page.locator("#print")).to_contain_text("Waiting for the printer")
    expect(page.locator(".print-menu")).to_be_hidden()
    row = SheetPrint.objects.get()
    assert (row.paper, row.with_remarks) == ("ledger", True)
    tasks.render(row.pk)
    expect(page.locator("#print").get_by_role("link", name="Open the PDF")).to_be_visible(timeout=30_000)
    page.locator("#sheet-title").click()
    expect(page.locator("#print")).to_be_empty()
    page.reload()
    page.locator(".print-how summary").click()
    expect(page.get_by_label("11 x 17 in")).to_be_checked()


def test_what_is_too_long_is_named_and_leads_to_its_section(cast, open_as):
    sheet = sheet_of(cast, bodies={4: f"<p>{'several causes meet here ' * 700}</p>"})
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    page.get_by_role("button", name="PDF").click()
    expect(page.locator("#print")).to_contain_text("Waiting for the printer")
    tasks.render(SheetPrint.objects.get().pk)
    expect(page.locator("#print")).to_contain_text("4 Analysis is about", timeout=30_000)
    page.get_by_role("link", name="Go to 4 Analysis").click()
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#section-{section_of(sheet, 4).pk}")
    expect(page.locator("#print")).to_be_empty()


def test_a_print_that_broke_and_one_cleaned_away_are_made_again_on_the_very_page(cast, open_as, monkeypatch):
    sheet = sheet_of(cast)
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    page.get_by_role("button", name="PDF").click()
    words = page.locator("#print")
    expect(words).to_contain_text("Waiting for the printer")
    with monkeypatch.context() as broken:
        broken.setattr("a3.pdf.prints.render", lambda _job: 1 / 0)
        tasks.render(SheetPrint.objects.get().pk)
    expect(words).to_contain_text("Something went wrong")
    words.get_by_role("button", name="Try again").click()
    expect(words).to_contain_text("Waiting for the printer")
    tasks.render(SheetPrint.objects.get().pk)
    expect(words.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=30_000)
    SheetPrint.objects.update(used_at=timezone.now() - dt.timedelta(days=31))
    schedules.clean_prints()
    page.goto(SheetPrint.objects.get().get_absolute_url())
    expect(words).to_contain_text("Nobody opened it for 30 days")
    words.get_by_role("button", name="Make it again").click()
    expect(words).to_contain_text("Waiting for the printer")
    tasks.render(SheetPrint.objects.get().pk)
    expect(words.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=30_000)


def test_the_gauge_appears_once_the_sheet_is_measured_and_the_section_says_what_is_left(cast, open_as):
    sheet = sheet_of(cast)
    page = open_as("change_agent")
    page.goto(sheet.get_absolute_url())
    expect(page.locator("#gauge")).not_to_contain_text("full")
    tasks.measure(sheet.pk)
    expect(page.locator("#gauge")).to_contain_text("% full", timeout=30_000)
    page.locator(f"#section-{section_of(sheet, 1).pk} .write").click()
    expect(page.locator(".sec-full")).to_contain_text("left in this half", timeout=30_000)
