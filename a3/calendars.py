"""A talk as an invitation for calendar programs. Times are in UTC, which every program reads alike."""

import datetime as dt

from django.conf import settings
from icalendar import Event, vText

from a3.models import Talk
from partners.lib import invitations
from partners.models import Person


def invitation(talk: Talk, to: Person, *, method: str) -> str:
    """Return an agreed talk as an invitation (REQUEST) or its withdrawal (CANCEL), addressed to one of the two.

    Raises ValueError for a talk without a time.
    """
    return invitations.invitation(_event(talk, to), method=method, email=to.email, name=to.name, is_agreed=True)


def _event(talk: Talk, to: Person) -> Event:
    if talk.starts_at is None:
        raise ValueError("A talk without a time has no place in a calendar.")
    event = Event()
    event.add("uid", invitations.uid_of(talk.uid))
    event.add("sequence", talk.sequence)
    event.add("dtstamp", talk.changed_at)
    event.add("last-modified", talk.changed_at)
    event.add("dtstart", talk.starts_at.astimezone(dt.UTC))
    event.add("dtend", talk.starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=talk.minutes))
    event.add("summary", f"Talk with {talk.other(to).name}: {talk.sheet.title}")
    event.add("description", f"About the A3 “{talk.sheet.title}”, {talk.sheet.code}. {talk.note}".strip())
    event.add("url", f"{settings.SITE_URL}{talk.get_absolute_url()}")
    event.add("status", vText("CONFIRMED"))
    event.add("transp", "OPAQUE")
    return event
