"""What a visit opens with: sheets that wait for the coach, gains that are due for a check, people who are new there."""

import datetime as dt
from dataclasses import dataclass

from a3.models import Sheet
from coaching.models import Visit
from partners.lib.pages import Some, some_of
from partners.models import Assignment, Check, Person

MOST = 12  # of each kind
DUE_WITHIN = dt.timedelta(days=30)
NEW_FOR = dt.timedelta(days=120)  # people count as new that long where there was no visit before


@dataclass(frozen=True)
class Agenda:
    balls: Some[Sheet]
    checks: Some[Check]
    newcomers: Some[Assignment]

    @property
    def is_empty(self) -> bool:
        return not (self.balls or self.checks or self.newcomers)


def agenda_of(visit: Visit, reader: Person) -> Agenda:
    """Return what of it this person may see; four queries, and one for each kind of which there is too much."""
    partner = visit.site.partner_id
    balls = Sheet.objects.visible_to(reader).kept().filter(partner=partner, ball=visit.coach_id)
    due = (
        Check.objects.visible_to(reader).open().filter(claim__partner=partner, due_on__lte=visit.last_day + DUE_WITHIN)
    )
    here = Assignment.objects.visible_to(reader).current().filter(site=visit.site_id, began_on__gt=_last_there(visit))
    return Agenda(
        some_of(balls.select_related("owner", "site").order_by("ball_since", "pk"), MOST),
        some_of(due.select_related("claim__owner", "claim__site").order_by("due_on", "pk"), MOST),
        some_of(here.filter(person__is_active=True).select_related("person").order_by("began_on", "pk"), MOST),
    )


def _last_there(visit: Visit) -> dt.date:
    """The last day of the visit to this site before this one."""
    before = Visit.objects.confirmed().filter(site=visit.site_id, ends_at__lte=visit.starts_at).exclude(pk=visit.pk)
    last = before.order_by("-ends_at").first()
    return last.last_day if last else visit.first_day - NEW_FOR
