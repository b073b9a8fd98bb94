"""An offering as a calendar file: one event for each of its days, on the clocks of the place."""

import datetime as dt
import uuid

from django.conf import settings
from icalendar import Event, vText

from courses.models import Offering
from partners.lib import invitations


def calendar_of(offering: Offering, *, now: dt.datetime, url: str, where: str, link: str = "") -> bytes:
    """Return the file; `link` is for those who may join, `url` the page that its reader may open.

    Each day keeps its UID when the dates move, and has no SEQUENCE: of two files the one made later counts.
    """
    calendar = invitations.new_calendar()
    calendar.add("x-wr-calname", offering.course.name)
    invitations.add_events(calendar, _events(offering, now, url=url, where=where, link=link))
    return invitations.text_of(calendar)


def _events(offering: Offering, now: dt.datetime, *, url: str, where: str, link: str) -> list[Event]:
    days, events = offering.days, []
    for number, (start, end) in enumerate(days, start=1):
        event = Event()
        event.add("uid", invitations.uid_of(_number(offering, number)))
        event.add("dtstamp", now)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", offering.course.name + (f", day {number} of {len(days)}" if len(days) > 1 else ""))
        event.add("location", link or where)
        event.add("description", "\n".join(filter(None, [offering.course.summary, link and f"Join: {link}", url])))
        event.add("url", url)
        event.add("status", vText("CANCELLED" if offering.cancelled_at else "CONFIRMED"))
        event.add("transp", "TRANSPARENT" if offering.cancelled_at else "OPAQUE")
        events.append(event)
    return events


def _number(offering: Offering, day: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}{offering.get_absolute_url()}#{day}")
