"""Visits as iCalendar: invitations that go with mails, and the feed that calendar programs read.

Times are written on the clocks of the visit's own zone, so that calendar programs can show it. Whole days are dates,
whose end is the day after the last one.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from icalendar import Event, vText

from coaching import words
from coaching.models import Visit
from partners.lib import invitations
from partners.models import Person

REFRESH = "PT1H"
ONE_DAY = dt.timedelta(days=1)


def invitation(visit: Visit, to: Person, *, method: str) -> str:
    """Return the visit as an invitation (REQUEST) or its withdrawal (CANCEL), addressed to one person."""
    return invitations.invitation(
        _event(visit), method=method, email=to.email, name=to.name, is_agreed=visit.is_confirmed
    )


def feed(visits: Iterable[Visit]) -> bytes:
    """Return the visits as one calendar to subscribe to; the same visits give the same bytes."""
    calendar = invitations.new_calendar()
    calendar.add("name", "LEI Partners")
    calendar.add("x-wr-calname", "LEI Partners")
    calendar.add("refresh-interval", vText(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    invitations.add_events(calendar, [_event(visit) for visit in visits])
    return invitations.text_of(calendar)


def _event(visit: Visit) -> Event:
    event = Event()
    event.add("uid", invitations.uid_of(visit.uid))
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at)
    event.add("last-modified", visit.changed_at)
    event.add("dtstart", visit.first_day if visit.is_whole_days else visit.local_start)
    event.add("dtend", visit.last_day + ONE_DAY if visit.is_whole_days else visit.local_end)
    event.add("summary", f"{visit.get_kind_display()}: {words.place(visit)}")
    event.add("location", words.place(visit) if visit.is_on_site else "On screen")
    event.add("description", f"With {visit.coach.name}. {words.when(visit)}. {words.state(visit)}")
    event.add("url", f"{settings.SITE_URL}{visit.get_absolute_url()}")
    event.add("status", _status(visit))
    event.add("transp", "OPAQUE" if visit.is_confirmed else "TRANSPARENT")
    return event


def _status(visit: Visit) -> str:
    if visit.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if visit.is_confirmed else "TENTATIVE"
