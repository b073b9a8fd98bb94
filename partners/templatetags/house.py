"""Template words of the house: none of them queries."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from partners.lib import calendars

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Wed 25 Nov, of a date, or of a moment in the reader's zone."""
    return calendars.day_words(_local_date(value)) if value else ""


@register.filter
def day_year(value: dt.date | dt.datetime | None) -> str:
    """Wed 25 Nov 2026."""
    return calendars.day_words(_local_date(value), year=True) if value else ""


@register.filter
def clock_in(value: dt.datetime, zone: str) -> str:
    """10:00 in the named zone."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"


@register.filter
def zone_word(value: dt.datetime, zone: str) -> str:
    """CET, EST, or "Sao Paulo time": the zone's name at that moment."""
    return calendars.zone_name(value, ZoneInfo(zone))


def _local_date(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
