"""Times of a talk as each of the two lives them, every one with its zone's name."""

import datetime as dt

from django.utils import timezone

from partners.lib.calendars import moment_words, zone_name
from partners.models import Person


def words_for(at: dt.datetime, reader: Person, other: Person) -> str:
    """Wed 25 Nov, 10:00 EST (16:00 CET for Ken); the second half only where the clocks differ."""
    mine, theirs = (at.astimezone(person.tzinfo) for person in (reader, other))
    if mine.utcoffset() == theirs.utcoffset():
        return moment_words(at, reader.tzinfo)
    there = f"{theirs:%H:%M} {zone_name(at, other.tzinfo)}"
    if mine.date() != theirs.date():
        there = moment_words(at, other.tzinfo)
    return f"{moment_words(at, reader.tzinfo)} ({there} for {other.given_name})"


def zone_words(person: Person, at: dt.datetime) -> str:
    """New York, EST."""
    city = person.zone.rsplit("/", 1)[-1].replace("_", " ")
    short = zone_name(at, person.tzinfo)
    return city if short.startswith(city) or city == short else f"{city}, {short}"


def ahead_words(person: Person, reader: Person) -> str:
    """6 hours ahead of you; the same clock as yours."""
    now = timezone.now()
    theirs, mine = (now.astimezone(one.tzinfo).utcoffset() or dt.timedelta() for one in (person, reader))
    minutes = int((theirs - mine).total_seconds()) // 60
    if not minutes:
        return "the same clock as yours"
    hours, rest = divmod(abs(minutes), 60)
    words = f"{hours} hour{'' if hours == 1 else 's'}" + (f" {rest} minutes" if rest else "")
    return f"{words} {'ahead of' if minutes > 0 else 'behind'} you"
