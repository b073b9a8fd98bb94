"""The planner of reminders: each due one goes out once, in its recipient's own time, and only while it is owed."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from partners import actions, mails, schedules
from partners.models import Mail, Obligation, Person, Reminder
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = dt.datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)


def owe(person: Person, *reminders_at: dt.datetime, key: str = "sheet:1:ball", **fields) -> Obligation:
    """An obligation as it was made a year ago, so that none of its reminders was past."""
    with time_machine.travel(min(reminders_at) - dt.timedelta(days=365), tick=False):
        words = {"words": "Answer Ken on Leave by noon", "why": "You own this sheet.", "url": "/a3/1/"}
        return actions.owe(person, key=key, reminders_at=reminders_at, **words | fields)


def run(at: dt.datetime) -> None:
    """What beat wakes every minute, and a worker after it."""
    with time_machine.travel(at, tick=False):
        schedules.remind()
        mails.deliver(*Mail.objects.waiting(timezone.now()).values_list("pk", flat=True))


@pytest.fixture
def ana(db):
    return make_person("ana", zone="America/New_York")


def test_a_due_reminder_is_mailed_once_however_often_the_clock_ticks(ana, mail_server):
    owed = owe(ana, TUESDAY)
    for minute in range(3):
        run(TUESDAY + dt.timedelta(minutes=minute))
    (letter,) = mail_server.letters
    assert (letter["To"], letter["Subject"]) == ("ana@example.com", "Answer Ken on Leave by noon")
    assert "Why this came to you: You own this sheet." in letter.get_body(("plain",)).get_content()
    (reminder,) = Reminder.objects.all()
    assert (reminder.obligation, reminder.occurrence, reminder.mail.state) == (owed, 1, "sent")


def test_nothing_goes_out_before_its_time(ana, mail_server):
    owe(ana, TUESDAY)
    run(TUESDAY - dt.timedelta(seconds=1))
    assert Mail.objects.count() == 0


def test_each_planned_moment_is_an_occurrence_of_its_own(ana, mail_server):
    owe(ana, *(TUESDAY + dt.timedelta(days=days) for days in (0, 7, 14)))
    for days in range(30):
        run(TUESDAY + dt.timedelta(days=days))
    assert list(Reminder.objects.order_by("pk").values_list("occurrence", flat=True)) == [1, 2, 3]
    assert len(mail_server.letters) == 3


def test_after_an_outage_of_three_weeks_there_is_one_reminder_and_no_flood(ana, mail_server):
    owe(ana, *(TUESDAY + dt.timedelta(days=days) for days in (3, 7, 14, 28)))
    run(TUESDAY + dt.timedelta(days=21))
    run(TUESDAY + dt.timedelta(days=21, minutes=1))
    assert len(mail_server.letters) == 1
    run(TUESDAY + dt.timedelta(days=28))
    assert len(mail_server.letters) == 2


@pytest.mark.parametrize(
    ("zone", "due", "sent"),
    [
        ("America/New_York", "2026-11-24T21:00", "2026-11-25T07:00"),  # their evening: the next morning
        ("America/New_York", "2026-03-07T10:00", "2026-03-09T07:00"),  # the weekend on which clocks go forward
        ("America/New_York", "2026-10-31T10:00", "2026-11-02T07:00"),  # and back
        ("Australia/Sydney", "2026-10-03T10:00", "2026-10-05T07:00"),
        ("Asia/Kolkata", "2026-11-24T06:30", "2026-11-24T07:00"),
    ],
)
def test_it_waits_for_the_recipients_own_morning(zone, due, sent, mail_server):
    local = ZoneInfo(zone)
    due_at, sent_at = (dt.datetime.fromisoformat(text).replace(tzinfo=local) for text in (due, sent))
    owe(make_person("ana", zone=zone), due_at)
    run(due_at)
    run(sent_at - dt.timedelta(seconds=1))
    assert mail_server.letters == []
    assert Mail.objects.get().state == "planned"
    run(sent_at)
    assert len(mail_server.letters) == 1


def test_a_mail_that_was_held_up_into_the_night_waits_for_the_next_morning(ana, mail_server):
    owe(ana, TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        schedules.remind()
    run(TUESDAY.replace(hour=23))
    assert mail_server.letters == []
    run(TUESDAY.replace(day=25, hour=7))
    assert len(mail_server.letters) == 1


def test_somebody_inactive_gets_nothing(mail_server):
    owe(make_person("gone", is_active=False, zone="America/New_York"), TUESDAY)
    run(TUESDAY)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("end", [actions.settle, actions.call_off])
def test_what_ended_before_it_was_sent_is_called_off(end, ana, mail_server):
    owed = owe(ana, TUESDAY.replace(hour=20))
    run(TUESDAY.replace(hour=20))
    end(owed.key)
    run(TUESDAY.replace(day=25))
    assert (Mail.objects.get().state, mail_server.letters) == ("called off", [])


def test_delivery_looks_once_more_whether_it_is_still_owed(ana, mail_server):
    owed = owe(ana, TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        schedules.remind()
    Obligation.objects.filter(pk=owed.pk).update(settled_at=TUESDAY)  # as if in the moment between
    run(TUESDAY)
    assert (Mail.objects.get().state, mail_server.letters) == ("called off", [])


def test_a_reminder_says_what_is_true_when_it_is_sent(ana, mail_server):
    owed = owe(ana, TUESDAY, due_at=TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        schedules.remind()
    Obligation.objects.filter(pk=owed.pk).update(words="Answer Ken and Luis")
    run(TUESDAY)
    (letter,) = mail_server.letters
    assert letter["Subject"] == Mail.objects.get().subject == "Answer Ken and Luis"
    assert "Due: Tue 24 Nov, 10:00 EST" in letter.get_body(("plain",)).get_content()


def test_owing_anew_drops_the_reminder_planned_for_the_old_words(ana, mail_server):
    owe(ana, TUESDAY.replace(hour=20))
    run(TUESDAY.replace(hour=20))
    owe(ana, TUESDAY.replace(day=26))
    run(TUESDAY.replace(day=25))
    assert mail_server.letters == []
    run(TUESDAY.replace(day=26))
    assert [reminder.occurrence for reminder in Reminder.objects.order_by("pk")] == [1, 2]
    assert len(mail_server.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_planners_at_once_plan_each_reminder_once():
    now = timezone.now()
    people = [make_person() for _ in range(40)]
    for person in people:
        owe(person, now - dt.timedelta(hours=1), key=f"sheet:{person.pk}:ball")
    barrier = threading.Barrier(10)

    def work() -> None:
        try:
            barrier.wait()
            while actions.plan_reminders(now, limit=5):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Mail.objects.values_list("person", flat=True)) == [person.pk for person in people]
    assert set(Obligation.objects.values_list("times_reminded", "next_reminder_at")) == {(1, None)}
