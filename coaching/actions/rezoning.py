"""A site gets another time zone: its visits to come keep the days and clocks that people agreed on."""

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching import mails
from coaching.actions import telling
from coaching.actions.days import keep_days
from coaching.actions.visits import write
from coaching.models import TravelDay, Visit
from coaching.times import kept
from partners import actions as floor

UNCONFIRMED = {
    "confirmed_at": None,
    "coach_confirmed_at": None,
    "coach_confirmed_by": None,
    "partner_confirmed_at": None,
    "partner_confirmed_by": None,
}


@transaction.atomic
def keep_clocks(coach_pk: int) -> int:
    """Give the coach's visits at sites that have another zone now new moments, and return how many.

    A confirmed one stays confirmed, unless something else takes the coach's time at the new moments: then it is
    tentative again, and LEI's staff owe it another time. The ways there come along. Safe to run twice and at the same
    time: who comes second finds nothing left.
    """
    floor.queue_up(coach_pk)
    rows = Visit.objects.in_another_zone(timezone.now()).filter(coach=coach_pk)
    related = rows.select_related("coach", "site__partner", "request__asked_by", "placed_by")
    visits = list(related.select_for_update(skip_locked=True, of=("self",)).order_by("starts_at", "pk"))
    before = {visit.pk: visit.tzinfo for visit in visits}
    taken = _date_anew([*visits, *_ways_to(visits)])
    for visit in visits:
        _tell(visit, partial(mails.rezoned, before=before[visit.pk]), must_move=visit in taken)
    return len(visits)


def _ways_to(visits: list[Visit]) -> list[TravelDay]:
    """The travel days that belong to these visits, as long as they have the zone that the visit had."""
    zones = {visit.pk: visit.zone for visit in visits}
    ways = TravelDay.objects.standing().filter(visit__in=visits).select_related("visit__site")
    return [way for way in ways if way.visit_id and way.zone == zones[way.visit_id]]


def _date_anew(rows: list[Visit | TravelDay]) -> list[Visit]:
    """Write the new moments; returns the visits that lost their confirmation by it. Travel may stay as it was.

    Each may have to wait until the next one has made room, so who is refused tries again as long as some succeed.
    """
    waiting = rows
    while waiting:
        refused = [row for row in waiting if not _is_dated(row)]
        if len(refused) == len(waiting):
            break
        waiting = refused
    visits = [row for row in waiting if isinstance(row, Visit)]
    for visit in visits:
        write(visit, _moments(visit) | UNCONFIRMED)
        keep_days(visit, by=None)
    return visits


def _is_dated(row: Visit | TravelDay) -> bool:
    """Write the new moments, unless something else takes the coach's time then."""
    try:
        with transaction.atomic():
            if isinstance(row, Visit):
                write(row, _moments(row))
            elif row.visit:
                TravelDay.objects.filter(pk=row.pk).update(**vars(kept(row.slot, row.visit.site.tzinfo)))
    except IntegrityError:
        return False
    return True


def _moments(visit: Visit) -> dict[str, Any]:
    return vars(kept(visit.slot, visit.site.tzinfo)) | {"proposal": visit.sequence + 1}


def _tell(visit: Visit, say: telling.Saying, *, must_move: bool) -> None:
    people = visit.people()
    telling.call_off_all(visit)
    if must_move:
        telling.owe_another_time(visit)
    elif visit.is_confirmed:
        telling.owe_being_there(visit, people)
    else:
        telling.owe_confirmation(visit)
    invited = "REQUEST" if visit.invited_at else ""
    telling.tell(visit, people, say=say, about="zone", calendar=invited)
