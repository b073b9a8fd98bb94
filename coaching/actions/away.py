"""A coach's travel days and leave: added where nothing else takes the time, removed when they are not needed."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching import words
from coaching.actions.refusals import CoachIsElsewhere
from coaching.models import Leave, TravelDay, Visit
from coaching.times import Slot, moved_to
from partners import actions as floor
from partners.models import BusyTime, Person


def add_leave(leave: Leave, *, by: Person) -> Leave:
    """Keep these days free of everything; raises CoachIsElsewhere when the coach is taken on one of them."""
    return _add(leave, BusyTime.Kind.LEAVE, by)


def add_travel(travel: TravelDay, *, by: Person) -> TravelDay:
    """Keep the way to or from a visit free; raises CoachIsElsewhere when the coach is taken then."""
    return _add(travel, BusyTime.Kind.TRAVEL, by)


def remove_away(away: Leave | TravelDay, *, by: Person) -> bool:
    """Give the time back; False when somebody has done so before."""
    standing = type(away).objects.standing().filter(pk=away.pk)
    return bool(standing.update(removed_at=timezone.now(), removed_by=by))


def remove_travel_of(visit: Visit, *, by: Person) -> None:
    """A visit that is called off, or another coach's now, needs nobody on the way."""
    visit.travel_days.standing().update(removed_at=timezone.now(), removed_by=by)


def move_travel_with(visit: Visit, *, days: int, by: Person) -> None:
    """Keep the days before and after a visit that moves by so many days; what then meets something else is removed."""
    for travel in visit.travel_days.standing():
        zone = travel.tzinfo
        start = travel.starts_at.astimezone(zone)
        later = moved_to(travel.slot, start.date() + dt.timedelta(days=days), zone, afternoon=start.hour >= 12)
        if not _written(partial(_rewrite, travel, later)):
            remove_away(travel, by=by)


def _rewrite(travel: TravelDay, slot: Slot) -> None:
    TravelDay.objects.filter(pk=travel.pk).update(**vars(slot))


def _add[A: (Leave, TravelDay)](away: A, kind: BusyTime.Kind, by: Person) -> A:
    away.added_by = by
    if not _written(partial(_queue_and_save, away)):
        busy = BusyTime.objects.in_the_way_of(away.coach_id, away.starts_at, away.ends_at).select_related("person")
        other = busy.first()
        raise CoachIsElsewhere(words.busy_words(other, reader=by, zone=away.tzinfo) if other else TRY_AGAIN)
    return away


TRY_AGAIN = "Somebody else took this time at the same moment. Try again."


def _queue_and_save(away: Leave | TravelDay) -> None:
    floor.queue_up(away.coach_id)
    away.save()


def _written(write: Callable[[], None]) -> bool:
    """Whether the database took it: it refuses what overlaps."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True
