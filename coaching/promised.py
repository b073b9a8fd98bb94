"""What was promised before a visit, with which it opens."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q, QuerySet

from coaching.models import Promise, Visit
from coaching.models.promises import Tally
from partners.lib.pages import some_of

MOST_BEFORE = 30  # promises of earlier visits on one page


class Before(NamedTuple):
    """What was promised at the last visit to the same partner; at older ones and still open; how many were kept.

    `left` more of them do not stand here.
    """

    last: list[Promise]
    older: list[Promise]
    tally: Tally
    left: int = 0


def before(visit: Visit, promises: QuerySet[Promise], today: dt.date) -> Before:
    """The promises with which a visit opens: those of the last visit, whatever became of them, then older open ones.

    `promises` are those that the reader may see.
    """
    earlier = promises.filter(pk__in=Promise.objects.before(visit).values("pk"))
    latest_first = earlier.order_by("-visit__starts_at", "-visit_id", "due_on", "pk")
    last = latest_first.values("visit_id")[:1]
    shown = latest_first.filter(Q(outcome="") | Q(visit__in=last)).select_related("owner", "said_by", "visit__site")
    rows = some_of(shown, MOST_BEFORE)
    of_last = [row for row in rows if row.visit_id == rows[0].visit_id]
    tally = Promise.objects.of_partner(visit.site.partner).tally(today)
    return Before(of_last, rows[len(of_last) :], tally, rows.left)
