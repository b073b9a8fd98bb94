"""The calendar feed: whose visits, in a form that calendar programs read, under an address that can be revoked."""

import datetime as dt

import pytest
import time_machine
import vobject
from django.urls import reverse
from icalendar import Calendar

from coaching import actions
from coaching.times import whole_days
from tests.coaching.factories import DAY, NINE, make_cancelled, make_confirmed, make_visit
from tests.factories import make_person, make_site

SETTINGS = reverse("coaching:feed_settings")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


def read(client, person, **headers):
    return client.get(reverse("coaching:feed", args=[actions.make_feed(by=person)]), headers=headers)


def events(client, person):
    return Calendar.from_ical(read(client, person).content).walk("VEVENT")


def places(client, person):
    return sorted(str(event["location"]) for event in events(client, person))


def test_it_holds_what_the_person_takes_part_in_or_what_is_at_their_site(cast, client):
    lakeshore = make_site(cast.partner, "Lakeshore")
    other_coach = make_person("other_coach", is_coach=True)
    make_visit(cast.site, cast.coach)
    make_visit(lakeshore, other_coach)
    make_visit(cast.other_site, other_coach)
    ours, lake, theirs = (
        "Halden Valley Health, Riverside",
        "Halden Valley Health, Lakeshore",
        "Corvane Aerospace, Wichita",
    )
    people = (cast.coach, cast.change_agent, cast.learner, cast.sponsor, cast.staff, cast.outsider)
    assert [places(client, person) for person in people] == [[ours], [lake, ours], [ours], [ours], [], [theirs]]


def test_two_readers_understand_times_and_whole_days_alike(cast, client):
    pune = make_site(cast.partner, "Pune", zone="Asia/Kolkata")
    make_confirmed(cast.site, cast.coach)
    days = whole_days(dt.date(2026, 12, 1), dt.date(2026, 12, 2), pune.tzinfo)
    make_visit(pune, cast.coach, **vars(days))
    text = read(client, cast.coach).content
    by_icalendar = [(e.start, e.end, str(e["status"])) for e in Calendar.from_ical(text).walk("VEVENT")]
    assert by_icalendar == [
        (NINE, NINE + dt.timedelta(hours=2), "CONFIRMED"),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 3), "TENTATIVE"),
    ]
    theirs = vobject.readOne(text.decode()).vevent_list
    assert [(event.dtstart.value, event.dtend.value) for event in theirs] == [found[:2] for found in by_icalendar]


def test_it_says_how_often_to_look(cast, client):
    text = read(client, cast.coach).content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-PUBLISHED-TTL:PT1H" in text
    assert "VTIMEZONE" not in text


def test_nothing_changed_is_304(cast, client):
    visit = make_visit(cast.site, cast.coach)
    url = reverse("coaching:feed", args=[actions.make_feed(by=cast.coach)])
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    actions.cancel(visit, by=cast.coach, reason="Ill.")
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_cancelled_visits_are_shown_as_such_for_thirty_days(cast, client):
    make_cancelled(cast.site, cast.coach)
    make_cancelled(cast.site, cast.coach, cancelled_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    assert [str(event["status"]) for event in events(client, cast.coach)] == ["CANCELLED"]


def test_it_tells_nothing_private(cast, client):
    make_visit(cast.site, cast.coach, purpose="Between us.")
    text = read(client, cast.learner).content.decode()
    assert "Between us." not in text
    assert "@example.com" not in text


def test_a_person_who_has_left_reads_nothing(cast, client):
    url = reverse("coaching:feed", args=[actions.make_feed(by=cast.learner)])
    make_visit(cast.site, cast.coach)
    cast.learner.assignments.update(ended_on=DAY - dt.timedelta(days=5))
    assert Calendar.from_ical(client.get(url).content).walk("VEVENT") == []
    cast.learner.is_active = False
    cast.learner.save()
    assert client.get(url).status_code == 404


def test_the_address_is_shown_once_renewed_and_revoked(cast, sign_in):
    client = sign_in("learner")
    first = client.post(reverse("coaching:feed_make")).context["address"]
    assert first not in client.get(SETTINGS).content.decode()
    second = client.post(reverse("coaching:feed_make")).context["address"]
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post(reverse("coaching:feed_revoke"))
    assert client.get(second).status_code == 404
    assert "You have no address yet." in client.get(SETTINGS).content.decode()
