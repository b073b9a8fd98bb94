"""The mail and the reminder come from the worker, once, also when the queue lost its message."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from courses import actions, mails, schedules, tasks
from courses.models import Enrollment
from partners.models import Mail, Obligation
from tests.courses.factories import make_course, make_enrollment, make_offering


@pytest.fixture
def seat(cast):
    """The learner, in New York, has a seat in Copenhagen."""
    cast.learner.zone = "America/New_York"
    cast.learner.save()
    offering = make_offering(
        make_course("Coaching with questions"),
        starts_on=dt.date(2031, 1, 14),
        ends_on=dt.date(2031, 1, 14),
        enroll_until=dt.date(2031, 1, 10),
        zone="Europe/Copenhagen",
        daily_from=dt.time(15),
        daily_until=dt.time(18),
        link="https://meet.example.com/7",
    )
    return actions.enroll(offering, person=cast.learner, by=cast.change_agent)


def test_the_mail_says_when_where_and_why(seat):
    mails.tell(seat.pk)
    text = Mail.objects.get().text
    assert "When: Tue 14 Jan 2031, 15:00 to 18:00 CET, 09:00 to 12:00 for you" in text
    assert "Where: On-line, https://meet.example.com/7" in text
    assert f"/courses/{seat.offering_id}/" in text
    assert "You get this mail because" in text
    assert "15:00 to 18:00 CET" in Mail.objects.get().html


def test_telling_twice_tells_once(seat):
    for _ in range(2):
        tasks.tell(seat.pk)
    assert (Mail.objects.count(), Obligation.objects.open().count()) == (1, 1)
    assert not Enrollment.objects.untold().exists()


def test_a_row_that_is_gone_is_no_error(db):
    mails.tell(17)


def test_what_the_reason_holds_is_text_in_both_parts(cast, seat):
    actions.cancel(seat, by=cast.learner, reason="<b>Ill</b> & tired")
    mails.tell(seat.pk)
    mail = Mail.objects.get()
    assert "<b>Ill</b> & tired" in mail.text
    assert "&lt;b&gt;Ill&lt;/b&gt; &amp; tired" in mail.html


def test_the_planner_finds_whom_the_queue_forgot(cast, seat, monkeypatch):
    queued: list[list[int]] = []
    monkeypatch.setattr(tasks.tell_many, "delay", queued.append)
    schedules.tell_untold()
    assert queued == []  # still on its way
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        schedules.tell_untold()
    assert queued == [[seat.pk]]
    tasks.tell_many(queued[0])
    assert Mail.objects.count() == 1


def test_what_is_owed_for_an_offering_ends_when_it_has_begun(cast):
    offering = make_offering(in_days=3)
    seated = actions.enroll(offering, person=cast.sponsor, by=cast.staff)
    mails.tell(seated.pk)
    actions.ask(offering, by=cast.learner)
    assert Obligation.objects.open().count() == 2
    schedules.close_begun()
    assert Obligation.objects.open().count() == 2
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        schedules.close_begun()
    assert not Obligation.objects.open().exists()


def test_enrollments_written_in_bulk_tell_nobody(cast):
    make_enrollment(make_offering(), cast.learner, "enrolled")
    assert not Enrollment.objects.untold().exists()
