"""Which visits have other people in them than those in whose calendars they are: assignments change every day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from coaching.models import Visit
from partners.models import Assignment

type Groups = dict[int, set[int]]


def visits_with_others(now: dt.datetime) -> list[int]:
    """Return the visits to come of which some calendar has to hear because somebody joined or left, in five queries.

    It is a sieve, `Visit.people` in bulk: the action looks at each visit again.
    """
    visits = Visit.objects.upcoming(now).filter(invited_at__isnull=False)
    found = list(visits.values_list("pk", "coach_id", "site__partner_id", "request__asked_by_id"))
    pairs = Visit.in_calendars_of.through.objects.filter(visit__in=visits.order_by())
    holders = _grouped(pairs.values_list("visit_id", "person_id"))
    joined = _grouped(
        Visit.co_workers.through.objects.filter(visit__in=visits.order_by()).values_list("visit_id", "person_id")
    )
    here = Assignment.objects.current().filter(site__partner__in=visits.order_by().values("site__partner"))
    here = here.filter(person__is_active=True)
    at_work, agents = (
        _grouped(rows.values_list("site__partner_id", "person_id")) for rows in (here, here.as_change_agent())
    )
    return [
        pk
        for pk, coach, partner, asker in found
        if {coach} | agents[partner] | ((joined[pk] | {asker}) & at_work[partner]) != holders[pk]
    ]


def _grouped(pairs: Iterable[tuple[int, int]]) -> Groups:
    groups: Groups = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return groups
