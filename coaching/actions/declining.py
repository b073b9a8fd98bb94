"""Declining a visit that waits for one's side: it ends, with a reason, and its request waits again."""

from django.db import transaction
from django.utils import timezone

from coaching import mails
from coaching.actions import telling
from coaching.actions.away import remove_travel_of
from coaching.actions.confirming import side_of
from coaching.actions.days import keep_days
from coaching.actions.refusals import HasChanged, NotYours
from coaching.actions.visits import standing, write
from coaching.models import Visit, VisitRequest
from partners.models import Person


@transaction.atomic
def decline(visit: Visit, *, by: Person, reason: str, seen: str = "") -> Visit:
    """Say no for the side that `by` speaks for, to the time and coach that they saw; return the visit as it is then.

    The other side and LEI's staff read the reason; what was asked for waits to be placed again. `seen` is the interval
    that `by` was shown, by default that of `visit`. Raises HasChanged when the visit was moved or cancelled meanwhile,
    NotYours when it does not wait for that side.
    """
    found = standing(visit)
    if found.interval != (seen or visit.interval) or found.coach_id != visit.coach_id:
        raise HasChanged
    side = side_of(found, by)
    if getattr(found, f"{side}_confirmed_at"):
        raise NotYours
    said = {"cancelled_at": timezone.now(), "cancelled_by": by, "cancel_reason": reason, "declined_for": side}
    write(found, said)
    remove_travel_of(found, by=by)
    keep_days(found, by=by)
    telling.call_off_all(found)
    people = dict.fromkeys([*found.people(), *telling.schedulers_of(found)])
    telling.tell_of_end(found, people, say=mails.declined, about="declined")
    if found.request_id:
        VisitRequest.objects.filter(pk=found.request_id).update(placed_at=None)
    return found
