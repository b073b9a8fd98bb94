"""Printing from the sheet's own page: the words follow the print, and without a worker the page helps itself."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import expect

from a3.models import SheetPrint
from tests.a3.prints import full_sheet


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
