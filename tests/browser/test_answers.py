"""The partner answers from the mail on a phone, without signing in."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from coaching import actions
from coaching.models import Kind, Visit
from coaching.times import half_day
from partners import mails
from partners.models import Mail
from tests.browser.seeing import axe, sideways


@pytest.fixture
def visit(cast, settings, live_server):
    settings.SITE_URL = live_server.url
    slot = half_day(timezone.localdate() + dt.timedelta(days=9), cast.site.tzinfo, afternoon=False)
    fields = {"site": cast.site, "coach": cast.coach, "kind": Kind.GEMBA, "purpose": "Walk the discharge process."}
    return actions.place(Visit(**fields, **vars(slot)), by=cast.staff)


@pytest.fixture
def phone(open_as):
    page = open_as("nobody")
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def open_mail(page, person):
    """The newest mail that this person got, as it left, in the mail program of a phone."""
    mails.deliver(Mail.objects.filter(person=person).latest("pk").pk)
    page.set_content(mail.outbox[-1].alternatives[0].content)


def test_the_partner_confirms_from_the_mail(cast, visit, phone):
    open_mail(phone, cast.change_agent)
    assert sideways(phone) == 0
    phone.get_by_role("link", name="Accept").click()
    expect(phone.get_by_text("Please confirm as Change Agent, for Halden Valley Health.")).to_be_visible()
    assert sideways(phone) == 0
    assert axe(phone) == []
    visit.refresh_from_db()
    assert visit.partner_confirmed_at is None
    phone.get_by_role("button", name="Confirm").click()
    expect(phone.get_by_role("status")).to_have_text("Confirmed for Halden Valley Health. Thank you.")
    visit.refresh_from_db()
    assert (visit.partner_confirmed_by, visit.is_tentative) == (cast.change_agent, True)


def test_the_partner_declines_from_the_mail_with_a_reason(cast, visit, phone, complaints):
    open_mail(phone, cast.change_agent)
    phone.get_by_role("link", name="Decline").click()
    phone.get_by_role("button", name="Decline the visit").click()
    expect(phone.get_by_text("This field is required.")).to_be_visible()
    assert "422" in complaints.pop()
    assert sideways(phone) == 0
    phone.get_by_label("Why does it not fit?").fill("An audit that week.")
    phone.get_by_role("button", name="Decline the visit").click()
    expect(phone.get_by_role("status")).to_have_text("This visit will not take place.")
    expect(phone.get_by_text("Declined by Halden Valley Health: An audit that week.")).to_be_visible()
    visit.refresh_from_db()
    assert visit.cancelled_by == cast.change_agent


def test_the_link_of_a_visit_that_was_moved_says_so(cast, visit, phone):
    open_mail(phone, cast.change_agent)
    later = half_day(visit.first_day + dt.timedelta(days=2), cast.site.tzinfo, afternoon=True)
    actions.move(visit, by=cast.staff, slot=later)
    phone.get_by_role("link", name="Accept").click()
    expect(phone.get_by_role("status")).to_contain_text("This visit was changed after the mail you came from.")
    expect(phone.get_by_text("13:00 to 17:00 E")).to_be_visible()
    assert phone.get_by_role("button", name="Confirm").count() == 0
    assert axe(phone) == []
