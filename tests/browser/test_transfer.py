"""A learner's whole way: why before the course, the plan on its last day, the check from the mail, and the A3."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from courses import schedules
from courses.models import FollowUp, Offering
from partners import actions, mails
from partners.models import Mail, Obligation, Person
from tests.a3.factories import sheet_type
from tests.browser.seeing import axe, sideways
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.courses.transfers import make_plan

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def seat(cast, settings, live_server):
    settings.SITE_URL = live_server.url
    Person.objects.update(quiet_from=dt.time(3), quiet_until=dt.time(3, 1))
    offering = make_offering(make_course("Managing with A3s"), partner=cast.partner, days=2)
    return make_enrollment(offering, cast.learner, "enrolled")


def open_mail(page, person):
    """The reminder that this person gets now, in the mail program of a phone."""
    Obligation.objects.open().filter(person=person).update(next_reminder_at=timezone.now())
    actions.plan_reminders(timezone.now(), limit=50)
    newest = Mail.objects.filter(person=person).latest("pk")
    Mail.objects.filter(pk=newest.pk).update(next_try_at=timezone.now())
    mails.deliver(newest.pk)
    page.set_content(mail.outbox[-1].alternatives[0].content)


def test_before_the_course(cast, seat, open_as):
    """Written on the learner's page, agreed by the manager on a phone, without signing in."""
    learner = open_as("learner")
    learner.goto(seat.offering.get_absolute_url())
    learner.get_by_role("link", name="Why I go").click()
    learner.get_by_role("link", name="Write why").click()
    learner.get_by_label("What problem at work do you go for?").fill("Patients wait for their papers.")
    learner.get_by_label("What do you want to be able to do afterwards?").fill("See why they wait.")
    learner.get_by_label("What does your manager expect?").fill("One ward by summer.")
    learner.get_by_label("Who is your manager?").fill("Sponsor")
    learner.get_by_role("button", name="Keep it and ask my manager").click()
    expect(learner.get_by_text("It is kept. Sponsor is asked to agree.")).to_be_visible()

    phone = open_as("nobody")
    phone.set_viewport_size(PHONE)
    open_mail(phone, cast.sponsor)
    phone.get_by_role("link", name="Answer").click()
    expect(phone.get_by_text("Patients wait for their papers.")).to_be_visible()
    assert sideways(phone) == 0
    phone.get_by_role("button", name="I agree").click()
    expect(phone.get_by_role("status")).to_contain_text("You agreed.")
    assert axe(phone) == []


def test_after_the_course(cast, seat, open_as):
    """The plan in the last hour; it becomes an A3, which says where it came from."""
    sheet_type()
    today = timezone.localdate()
    Offering.objects.filter(pk=seat.offering_id).update(
        starts_on=today - dt.timedelta(days=3), ends_on=today - dt.timedelta(days=2), enroll_until="2020-01-01"
    )
    learner = open_as("learner")
    learner.goto(f"/courses/enrollments/{seat.pk}/plan/")
    for name, choice in (("co-worker", "Yes"), ("use", "Partly"), ("Before", "Not yet"), ("now", "With help")):
        learner.get_by_role("group", name=name).get_by_label(choice, exact=True).check()
    learner.get_by_label("What will you try?").fill("Walk the discharge round at nine.")
    learner.get_by_label("With whom?").fill("The nurses of 5 West")
    learner.get_by_label("By when?").fill((today + dt.timedelta(days=20)).isoformat())
    learner.get_by_label("How will you know?").fill("Eight of ten leave by noon.")
    learner.get_by_role("button", name="Keep it").click()
    expect(learner.get_by_text("Thank you: your plan is kept.")).to_be_visible()
    learner.get_by_role("button", name="Make it an A3").click()
    expect(learner.get_by_text("Eight of ten leave by noon.")).to_be_visible()
    learner.goto(f"{learner.url.split('?')[0]}?side=details")
    learner.get_by_role("link", name="The plan of Learner").click()
    expect(learner.get_by_role("heading", name="From the course to my work")).to_be_visible()
    expect(learner.get_by_role("link", name="A3-")).to_be_visible()


def test_a_month_later(cast, seat, open_as, complaints):
    """Two questions from the mail, on a phone, without signing in, and once."""
    Offering.objects.filter(pk=seat.offering_id).update(
        starts_on=timezone.localdate() - dt.timedelta(days=32),
        ends_on=timezone.localdate() - dt.timedelta(days=31),
        enroll_until="2020-01-01",
    )
    seat.refresh_from_db()
    make_plan(seat)
    schedules.follow_to_work()
    phone = open_as("nobody")
    phone.set_viewport_size(PHONE)
    Obligation.objects.exclude(key__startswith="follow-up").delete()
    open_mail(phone, cast.learner)
    phone.get_by_role("link", name="Answer").click()
    phone.get_by_label("Not yet").check()
    phone.get_by_role("button", name="Answer").click()
    expect(phone.get_by_text("Write in a few words what stood in the way")).to_be_visible()
    assert "422" in complaints.pop()
    assert sideways(phone) == 0
    phone.get_by_label("Partly").check()
    phone.get_by_label("What came of it").fill("Three mornings of five.")
    phone.get_by_role("button", name="Answer").click()
    expect(phone.get_by_role("status")).to_contain_text("Your answer is kept: partly.")
    assert phone.get_by_role("button", name="Answer").count() == 0
    assert axe(phone) == []
    row = FollowUp.objects.get(after=30)
    assert (row.done, row.answered_by) == ("partly", cast.learner)
