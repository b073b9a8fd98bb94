"""Events as iCalendar invitations: what every calendar program wants to read, whatever the event is about."""

import uuid
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText


def new_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Lean Enterprise Institute//LEI Partners//EN")
    calendar.add("version", "2.0")
    return calendar


def uid_of(number: uuid.UUID) -> str:
    """Return the name under which an event is known everywhere, for ever."""
    return f"{number}@{urlsplit(settings.SITE_URL).hostname}"


def text_of(calendar: Calendar) -> bytes:
    text: bytes = calendar.to_ical()
    return text


def invitation(event: Event, *, method: str, email: str, name: str, is_agreed: bool) -> str:
    """Return the event as an invitation (REQUEST) or its withdrawal (CANCEL), addressed to one person.

    Who was invited hears of each change under the same UID with a higher SEQUENCE. The organizer is the program, never
    the recipient.
    """
    calendar = new_calendar()
    calendar.add("method", method)
    if method == "CANCEL":
        event["status"] = vText("CANCELLED")
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText("LEI Partners")
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["CN"] = vText(name)
    attendee.params["PARTSTAT"] = vText("ACCEPTED" if is_agreed else "NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    calendar.add_component(event)
    return text_of(calendar).decode()
