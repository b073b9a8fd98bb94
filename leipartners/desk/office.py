"""What LEI's staff keep an eye on: mails that did not leave, visits that are near and not confirmed by both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

from coaching.models import Visit

MOST = 100  # mails in trouble are counted no further


@dataclass(frozen=True)
class Unconfirmed:
    visit: Visit
    waits_for: str


@dataclass(frozen=True)
class Office:
    trouble: str
    unconfirmed: list[Unconfirmed]


def office_of(troubled_mails: int, tentative: Iterable[Visit]) -> Office:
    """Put both into words."""
    return Office(_trouble(troubled_mails), [Unconfirmed(visit, _waits_for(visit)) for visit in tentative])


def _trouble(mails: int) -> str:
    if mails == 0:
        return ""
    if mails == 1:
        return "One mail did not leave."
    return f"{mails} mails did not leave." if mails < MOST else f"{MOST} mails or more did not leave."


def _waits_for(visit: Visit) -> str:
    sides = [("the partner", visit.partner_confirmed_at), ("the coach", visit.coach_confirmed_at)]
    return " and ".join(side for side, confirmed_at in sides if confirmed_at is None)
