"""The time of a visit to which both sides had said yes, and which of its days the partner still owes notice for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from coaching.charters import days_by_date
from coaching.models import Visit
from coaching.times import Slot


@dataclass(frozen=True)
class Agreed:
    """A time that both sides had confirmed, and what it takes of those of its days that nobody has given up since."""

    slot: Slot
    days: dict[dt.date, Decimal]


def agreed_on(visit: Visit) -> Agreed | None:
    """Return the time that holds; of a visit that the partner has moved since, the one before, without days given up.

    None where both sides had never confirmed it, or where LEI has changed it since: then the partner may say no.
    """
    if visit.is_confirmed:
        return Agreed(visit.slot, days_by_date(visit))
    if visit.moved_at is None or visit.is_cancelled:
        return None
    since: list[Visit] = []
    for state, is_by_partner in _states_until(visit):
        if state.confirmed_at:
            is_moved = bool(since) and since[-1].moved_at != state.moved_at  # else its zone took the confirmation
            return _without_days_given_up(state, since) if is_moved else None
        if not is_by_partner:
            return None
        since.append(state)
    return None


def _states_until(visit: Visit) -> Iterator[tuple[Visit, bool]]:
    """The states of the visit as it was shown, the latest first, and whether one of the partner's people moved it."""
    events = cast("Any", visit).events.filter(sequence__lte=visit.sequence)  # pghistory adds this to the model
    for event in events.select_related("moved_by").order_by("-pgh_id"):
        slot = Slot(event.starts_at, event.ends_at, event.zone, event.is_whole_days)
        state = Visit(**vars(slot), confirmed_at=event.confirmed_at, moved_at=event.moved_at)
        yield state, bool(event.moved_by and not event.moved_by.is_at_lei)


def _without_days_given_up(agreed: Visit, since: list[Visit]) -> Agreed:
    days = days_by_date(agreed)
    for state in since:
        days = {day: part for day, part in days.items() if day in days_by_date(state)}
    return Agreed(agreed.slot, days)
