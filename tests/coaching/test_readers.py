"""What we write for calendar programs is read alike by three that know nothing of each other.

Under a zone's own name a reader may use its own rules; under a name that nobody knows it has only our VTIMEZONE.
"""

import datetime as dt

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from coaching import calendars
from coaching.models import Kind, Visit
from coaching.times import half_day, whole_days
from partners.lib.calendars import zone_named
from partners.models import Partner, Person, Site

ZONES = [
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
]
AT_UTC_IN_WINTER = {"Africa/Casablanca", "Europe/Dublin", "UTC"}  # vobject knows those by name alone
MONTHS = [dt.date(2026, 11, 15) + dt.timedelta(days=31 * month) for month in range(14)]


def at(zone: str) -> list[Visit]:
    """A morning a month, and two whole days; nothing is saved."""
    site = Site(name="Riverside", zone=zone, partner=Partner(name="Halden Valley Health"))
    slots = [half_day(day, zone_named(zone), afternoon=False) for day in MONTHS]
    slots.append(whole_days(MONTHS[0], MONTHS[0] + dt.timedelta(days=1), zone_named(zone)))
    coach = Person(name="Coach", pk=1)
    return [Visit(pk=pk, site=site, coach=coach, kind=Kind.GEMBA, **vars(slot)) for pk, slot in enumerate(slots, 1)]


def moments(visits: list[Visit]) -> list[tuple]:
    return [
        (visit.first_day, visit.last_day + dt.timedelta(days=1))
        if visit.is_whole_days
        else (visit.starts_at, visit.ends_at)
        for visit in visits
    ]


def in_utc(start, end):
    return tuple(at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else at for at in (start, end))


def by_icalendar(text: str) -> list[tuple]:
    return [in_utc(event.start, event.end) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]


def by_vobject(text: str) -> list[tuple]:
    return [in_utc(event.dtstart.value, event.dtend.value) for event in vobject.readOne(text).vevent_list]


def by_ical(text: str) -> list[tuple]:
    return [in_utc(event.dtstart, event.dtend) for event in IcsCalendarStream.calendar_from_ics(text).events]


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
@pytest.mark.parametrize("zone", ZONES)
def test_summer_and_winter_are_read_alike(zone, read):
    visits = at(zone)
    text = calendars.feed(visits).decode()
    assert read(text) == moments(visits)


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
@pytest.mark.parametrize("zone", ZONES)
def test_our_own_rules_of_a_zone_are_right(zone, read):
    if read is by_vobject and zone in AT_UTC_IN_WINTER:
        read = by_icalendar
    visits = at(zone)
    unknown = f"The clock at {zone.replace('/', ' ')}"
    text = calendars.feed(visits).decode().replace(f":{zone}\r", f":{unknown}\r").replace(f"={zone}:", f"={unknown}:")
    assert read(text) == moments(visits)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
def test_invitations_are_read_alike(read, method):
    for zone in ("America/New_York", "Europe/Paris", "Australia/Sydney"):
        for visit in at(zone):
            text = calendars.invitation(visit, Person(email="ana@example.com", name="Ana Ruiz"), method=method)
            assert read(text) == moments([visit])


def test_a_feed_without_visits_is_one_too():
    text = calendars.feed([]).decode()
    assert (by_icalendar(text), by_ical(text)) == ([], [])


def test_the_sites_clock_stands_in_the_text():
    text = calendars.feed(at("America/New_York")).decode()
    assert "DTSTART;TZID=America/New_York:20261115T080000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in text
    assert "UNTIL" not in text
    assert "RDATE" not in text
