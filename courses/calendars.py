"""An offering as a calendar file: an event for each of its days and of one's own sessions, by the place's clocks."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from icalendar import Event, vText

from courses.models import Offering, Session
from partners.lib import invitations


@dataclass(frozen=True)
class Reader:
    """What its reader may know: the page to open, the place, and with a seat the link and the sessions picked."""

    url: str
    where: str
    link: str = ""
    sessions: Sequence[Session] = ()


def calendar_of(offering: Offering, reader: Reader, *, now: dt.datetime) -> bytes:
    """Return the file.

    Each day, and each session, keeps its UID when it moves, and has no SEQUENCE: of two files the one made later
    counts.
    """
    calendar = invitations.new_calendar()
    calendar.add("x-wr-calname", offering.course.name)
    invitations.add_events(calendar, _days(offering, reader, now) + _sessions(offering, reader, now))
    return invitations.text_of(calendar)


def _days(offering: Offering, reader: Reader, now: dt.datetime) -> list[Event]:
    days, events = offering.days, []
    for number, (start, end) in enumerate(days, start=1):
        event = _event(offering, now, str(number))
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", offering.course.name + (f", day {number} of {len(days)}" if len(days) > 1 else ""))
        _tell(event, reader, where=reader.link or reader.where, link=reader.link, words=offering.course.summary)
        events.append(event)
    return events


def _sessions(offering: Offering, reader: Reader, now: dt.datetime) -> list[Event]:
    """On the clock of the place, with room and link."""
    events = []
    for session in reader.sessions:
        event = _event(offering, now, f"session-{session.pk}")
        event.add("dtstart", dt.datetime.combine(session.day, session.begins, offering.tzinfo))
        event.add("dtend", dt.datetime.combine(session.day, session.ends, offering.tzinfo))
        event.add("summary", session.title)
        where = ", ".join(filter(None, [session.room, reader.where])) if session.room else session.link or reader.where
        _tell(event, reader, where=where, link=session.link, words=session.speaker)
        events.append(event)
    return events


def _event(offering: Offering, now: dt.datetime, part: str) -> Event:
    event, is_off = Event(), offering.cancelled_at is not None
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}{offering.get_absolute_url()}#{part}")
    event.add("uid", invitations.uid_of(number))
    event.add("dtstamp", now)
    event.add("status", vText("CANCELLED" if is_off else "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    return event


def _tell(event: Event, reader: Reader, *, where: str, link: str, words: str) -> None:
    event.add("location", where)
    event.add("description", "\n".join(filter(None, [words, link and f"Join: {link}", reader.url])))
    event.add("url", reader.url)
