"""Valid rows of coaching; all keywords may be overridden."""

import datetime as dt
from typing import Any

from django.utils import timezone

from coaching import answers
from coaching.models import Kind, Visit, VisitRequest
from partners.models import Person, Site
from tests.cast import Cast

DAY = dt.date(2026, 11, 25)  # a Wednesday
NINE = dt.datetime(2026, 11, 25, 14, 0, tzinfo=dt.UTC)  # 9:00 in New York


def make_request(site: Site, asked_by: Person, **fields: Any) -> VisitRequest:
    defaults = {"purpose": "See how patients leave.", "preferred_from": DAY, "preferred_to": DAY}
    return VisitRequest.objects.create(site=site, asked_by=asked_by, **defaults | fields)


def make_visit(site: Site, coach: Person, *, placed_by: Person | None = None, **fields: Any) -> Visit:
    """Two hours on Wed 25 Nov, tentative."""
    starts_at = fields.pop("starts_at", NINE)
    defaults = {
        "kind": Kind.GEMBA,
        "purpose": "Walk the discharge process.",
        "ends_at": starts_at + dt.timedelta(hours=2),
        "placed_by": placed_by or coach,
        "zone": site.zone,
    }
    return Visit.objects.create(site=site, coach=coach, starts_at=starts_at, **defaults | fields)


def make_confirmed(site: Site, coach: Person, **fields: Any) -> Visit:
    now = timezone.now()
    by: dict[str, Any] = {"partner_confirmed_at": now, "partner_confirmed_by": coach, "coach_confirmed_at": now}
    return make_visit(site, coach, **by | {"coach_confirmed_by": coach, "confirmed_at": now} | fields)


def make_cancelled(site: Site, coach: Person, **fields: Any) -> Visit:
    now = timezone.now()
    how: dict[str, Any] = {"cancelled_at": now, "cancelled_by": coach, "cancel_reason": "Audit that week."}
    return make_visit(site, coach, **how | fields)


def token_of(visit: Visit, person: Person) -> str:
    """Return the secret of the link by which this person answers."""
    return answers.address_for(visit, person).split("/")[-2]


def make_week(cast: Cast) -> Visit:
    """Today on the board: a confirmed visit, a tentative one in conflict with it (returned), and a request."""
    soon = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    make_request(cast.site, cast.change_agent, preferred_from=soon.date(), preferred_to=soon.date())
    make_confirmed(cast.other_site, cast.coach, starts_at=soon + dt.timedelta(hours=3), kind=Kind.ONSITE)
    return make_visit(cast.site, cast.coach, starts_at=soon + dt.timedelta(hours=2))
