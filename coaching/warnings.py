"""What speaks against a visit without forbidding it: each warning is overridden with a reason, which stays readable.

The rules are LEI's: no second visit to a site within two weeks, no third week on the road in a row, no visit on a
site's holiday or outside its hours, time enough for the way, and no more days than the charter has.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from coaching import words
from coaching.charters import coach_days, days_of
from coaching.distances import hours_between
from coaching.models import Visit
from partners.lib.calendars import day_words

SAME_SITE = dt.timedelta(days=14)
WEEKS_ON_THE_ROAD = 3
NEIGHBOURS = dt.timedelta(days=2)  # farther apart, any way is short enough
WEEK = dt.timedelta(weeks=1)


class Concern(NamedTuple):
    """One reason against; `code` is the same whatever the words."""

    code: str
    words: str


def warnings_of(visit: Visit) -> list[Concern]:
    """Say what speaks against this visit as it stands, saved or not; a fixed number of queries."""
    found = [_wishes(visit), _holiday(visit), _hours(visit), _same_site(visit), _charter(visit)]
    if visit.is_on_site:
        around = list(_on_site_around(visit))
        found += [_weeks(visit, around), _way(visit, around)]
    return [Concern(*concern) for concern in found if concern]


type Found = tuple[str, str] | None


def _wishes(visit: Visit) -> Found:
    """What whoever asked for it said about days."""
    asked = visit.request
    if asked is None:
        return None
    days = [day for day in asked.impossible_on if visit.first_day <= day <= visit.last_day]
    if days:
        return "impossible", f"{visit.site} cannot on {day_words(days[0])}: {asked.asked_by} said so when asking."
    if visit.first_day < asked.preferred_from or visit.last_day > asked.preferred_to:
        window = f"{day_words(asked.preferred_from)} to {day_words(asked.preferred_to)}"
        return "window", f"{asked.asked_by} asked for {window}."
    return None


def _holiday(visit: Visit) -> Found:
    days = visit.site.holidays.filter(on__range=(visit.first_day, visit.last_day))
    if day := days.first():
        return "holiday", f"{day_words(day.on)} is {day.name} at {visit.site}."
    return None


def _hours(visit: Visit) -> Found:
    if visit.is_whole_days or visit.first_day != visit.last_day:
        return None
    site = visit.site
    if site.opens_at <= visit.local_start.time() and visit.local_end.time() <= site.closes_at:
        return None
    return "hours", f"People at {site} work from {site.opens_at:%H:%M} to {site.closes_at:%H:%M}."


def _same_site(visit: Visit) -> Found:
    """Another visit there whose first day is less than two weeks away, on site like this one."""
    if not visit.is_on_site:
        return None
    near = (visit.starts_at - SAME_SITE, visit.starts_at + SAME_SITE)
    others = Visit.objects.active().on_site().filter(site=visit.site_id, starts_at__range=near).exclude(pk=visit.pk)
    other = others.select_related("site", "coach").order_by("starts_at").first()
    if other is None:
        return None
    return "same_site", f"{other.coach} is at {visit.site} on {words.when(other)}: less than 14 days apart."


def _charter(visit: Visit) -> Found:
    """More days in the charter's year than were agreed, with what is tentative; this visit counts once."""
    days = days_of(visit.site.partner, on=visit.first_day)
    if days is None:
        return None
    stored = Visit.objects.active().filter(pk=visit.pk).first() if visit.pk else None
    counted = coach_days(stored) if stored and days.year.holds(stored.first_day) else 0
    over = days.exceeded_by(coach_days(visit) - counted)
    if not over:
        return None
    year = f"{days.year.begins_on:%-d %b %Y} to {days.year.last_on:%-d %b %Y}"
    return "charter", f"With this, {over:f} more coach days than the {days.granted:f} of the charter, {year}."


def _on_site_around(visit: Visit) -> Iterable[Visit]:
    """The coach's other visits on site, as many weeks before and after as the rules look."""
    monday = visit.starts_at - WEEKS_ON_THE_ROAD * WEEK
    rows = Visit.objects.active().on_site().between(monday, visit.ends_at + WEEKS_ON_THE_ROAD * WEEK)
    return rows.filter(coach=visit.coach_id).exclude(pk=visit.pk).select_related("site__partner")


def _weeks(visit: Visit, around: list[Visit]) -> Found:
    """The weeks in a row, this one among them, in which the coach is on the road."""
    out = {week for other in around for week in _weeks_of(other)}
    first, last = _monday(visit.first_day), _monday(visit.last_day)
    while first - WEEK in out:
        first -= WEEK
    while last + WEEK in out:
        last += WEEK
    count = (last - first) // WEEK + 1
    if count < WEEKS_ON_THE_ROAD:
        return None
    return "weeks", f"{visit.coach} would be on the road {count} weeks in a row, from {day_words(first)}."


def _weeks_of(visit: Visit) -> Iterable[dt.date]:
    """The Mondays of the weeks that the visit touches."""
    monday = _monday(visit.first_day)
    while monday <= visit.last_day:
        yield monday
        monday += WEEK


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _way(visit: Visit, around: list[Visit]) -> Found:
    for other in around:
        first, second = sorted((visit, other), key=lambda one: one.starts_at)
        gap = _works_from(second) - _works_until(first)
        needed = hours_between(first.site, second.site) if gap < NEIGHBOURS else None
        if needed and gap < dt.timedelta(hours=needed):
            way = f"From {first.site} to {second.site} it takes about {needed:.0f} hours"
            return "way", f"{way}; there are {max(gap.total_seconds() / 3600, 0):.0f} between the two visits."
    return None


def _works_from(visit: Visit) -> dt.datetime:
    """When the coach has to be there: on whole days, when work begins."""
    if not visit.is_whole_days:
        return visit.starts_at
    return dt.datetime.combine(visit.first_day, visit.site.opens_at, visit.tzinfo)


def _works_until(visit: Visit) -> dt.datetime:
    if not visit.is_whole_days:
        return visit.ends_at
    return dt.datetime.combine(visit.last_day, visit.site.closes_at, visit.tzinfo)
