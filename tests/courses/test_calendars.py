"""Calendar files of offerings, as three programs read them that know nothing of each other."""

import datetime as dt

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from courses import actions
from courses.models import Enrollment, Offering
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.courses.summits import a_summit

LINK = "https://meet.example.com/secret-room"


def by_icalendar(text):
    return [(event.start, event.end) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]


def by_vobject(text):
    return [(event.dtstart.value, event.dtend.value) for event in vobject.readOne(text).vevent_list]


def by_ical(text):
    return [(event.dtstart, event.dtend) for event in IcsCalendarStream.calendar_from_ics(text).events]


def events_of(answer):
    return icalendar.Calendar.from_ical(answer.text).walk("VEVENT")


@pytest.fixture
def over_the_change(db):
    """Three days in New York; the clocks go forward on the second."""
    return make_offering(
        make_course("A3s, with; commas\\"), starts_on=dt.date(2031, 3, 8), ends_on=dt.date(2031, 3, 10)
    )


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
def test_each_day_is_read_alike(over_the_change, client, read):
    text = client.get(f"/courses/public/{over_the_change.pk}/calendar.ics").text
    hours = [(day, hour) for day, hour in ((8, 13), (9, 12), (10, 12))]
    expected = [
        (dt.datetime(2031, 3, day, hour, 30, tzinfo=dt.UTC), dt.datetime(2031, 3, day, hour + 8, 30, tzinfo=dt.UTC))
        for day, hour in hours
    ]
    assert [(start.astimezone(dt.UTC), end.astimezone(dt.UTC)) for start, end in read(text)] == expected
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=America/New_York:20310309T083000" in text


def test_days_keep_their_names_when_they_move(over_the_change, client):
    url = f"/courses/public/{over_the_change.pk}/calendar.ics"
    before = [event["uid"] for event in events_of(client.get(url))]
    Offering.objects.update(starts_on=dt.date(2031, 4, 8), ends_on=dt.date(2031, 4, 10))
    assert [event["uid"] for event in events_of(client.get(url))] == before
    assert len(set(before)) == 3


def test_signed_in_and_public_are_the_same_events(over_the_change, sign_in):
    ours, theirs = (
        [event["uid"] for event in events_of(sign_in("learner").get(f"/courses/{part}/calendar.ics"))]
        for part in (over_the_change.pk, f"public/{over_the_change.pk}")
    )
    assert ours == theirs


def test_the_link_is_for_those_who_join(cast, sign_in):
    offering = make_offering(link=LINK)
    offering.instructors.add(cast.coach)
    make_enrollment(offering, cast.sponsor, Enrollment.State.ENROLLED)
    make_enrollment(offering, cast.learner)
    with_link = {
        name
        for name in ("learner", "sponsor", "change_agent", "outsider", "coach", "staff")
        if LINK in sign_in(name).get(f"/courses/{offering.pk}/calendar.ics").text.replace("\r\n ", "")
    }
    assert with_link == {"sponsor", "coach", "staff"}
    assert "secret-room" not in sign_in("sponsor").get(f"/courses/public/{offering.pk}/calendar.ics").text


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
def test_own_sessions_are_events_for_who_has_a_seat(cast, sign_in, read):
    summit = a_summit(cast)
    session = summit.sessions.get(title="Planning by hand")
    session.room = "Room 7"
    session.save()
    actions.pick(session, by=cast.learner)
    url, public = (f"/courses/{part}/calendar.ics" for part in (summit.pk, f"public/{summit.pk}"))
    text = sign_in("learner").get(url).text
    start, end = (dt.datetime.combine(session.day, dt.time(hour), summit.tzinfo) for hour in (10, 11))
    assert len(read(text)) == 3
    assert (start, end) in [(begins, ends) for begins, ends in read(text)]
    uid = next(event["uid"] for event in events_of(sign_in("learner").get(url)) if event["summary"] == session.title)
    session.begins, session.ends = dt.time(14), dt.time(15)
    session.save()
    again = {event["summary"]: event for event in events_of(sign_in("learner").get(url))}
    assert again[session.title]["uid"] == uid
    assert "https://example.com/room" in again[session.title]["description"]
    assert again[session.title]["location"].startswith("Room 7")
    for name, address in (("learner", public), ("outsider", url), ("staff", url)):
        assert len(read(sign_in(name).get(address).text)) == 2
    actions.cancel(summit.enrollments.get(person=cast.learner), by=cast.learner, reason="Ill")
    assert "example.com/room" not in sign_in("learner").get(url).text.replace("\r\n ", "")
    assert len(read(sign_in("learner").get(url).text)) == 2


def test_cancelled(cast, client):
    offering = make_offering(days=2)
    actions.cancel_offering(offering, by=cast.staff, reason="Nobody came forward")
    text = client.get(f"/courses/public/{offering.pk}/calendar.ics").text
    assert [event["status"] for event in icalendar.Calendar.from_ical(text).walk("VEVENT")] == ["CANCELLED"] * 2
