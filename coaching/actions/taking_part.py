"""Who takes part changes with assignments: calendars hear of it."""

from django.db import transaction

from coaching import mails
from coaching.actions import telling
from coaching.actions.visits import write
from coaching.models import Visit


@transaction.atomic
def update_calendars(visit_pk: int) -> None:
    """Invite who has come to take part in the visit since it went into calendars, and take it out of those of others.

    Safe to run twice and at the same time: who comes second finds nothing to do.
    """
    rows = Visit.objects.active().filter(pk=visit_pk, invited_at__isnull=False)
    rows = rows.select_related("coach", "site__partner", "request__asked_by", "placed_by")
    visit = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if visit is None:
        return
    people, holders = visit.people(), list(visit.in_calendars_of.all())
    joined = [person for person in people if person not in holders]
    left = [person for person in holders if person not in people]
    if not joined and not left:
        return
    write(visit, {})
    telling.tell(visit, left, say=mails.left, about="left", calendar="CANCEL")
    telling.call_off_being_there(visit, left)
    telling.tell(visit, joined, say=mails.joined, about="joined", calendar="REQUEST")
    if visit.is_confirmed:
        telling.owe_being_there(visit, joined)
    else:
        telling.owe_confirmation(visit)
