"""Holding seats of an offering for a partner, and letting go what it did not use."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.line import move_up, seats_of
from courses.actions.locking import lock
from courses.actions.refusals import AlreadyHeld, TooMany, check_alive, check_fits
from courses.models import Hold, Offering
from partners.models import Person


@transaction.atomic
def hold_seats(hold: Hold, *, by: Person) -> Hold:
    """Hold seats for a partner, and ask its change agents to use them.

    `hold` is not saved yet. Raises AlreadyHeld, TooMany, and the refusals of `check_alive` and `check_fits`.
    """
    offering = lock(hold.offering_id)
    check_alive(offering, timezone.now())
    check_fits(offering, hold.partner)
    if Hold.objects.standing().filter(offering=offering, partner=hold.partner).exists():
        raise AlreadyHeld(f"Seats are held for {hold.partner} here already. Let them go first, then hold anew.")
    theirs = offering.enrollments.taking().filter(partner=hold.partner).count()
    most = max(seats_of(offering).free_for(None), 0) + theirs
    if hold.seats > most:
        raise TooMany(f"Only {most} can be held for {hold.partner}: the others are taken or held for other partners.")
    hold.made_by = by
    hold.save()
    _note(offering)
    return hold


@transaction.atomic
def let_go(hold: Hold) -> Hold:
    """End a hold; what it kept is offered to those who wait. Again: nothing."""
    offering = lock(hold.offering_id)
    hold.refresh_from_db()
    if hold.released_at is None:
        hold.released_at = timezone.now()
        hold.save(update_fields=["released_at"])
        telling.hold_ended(hold)
        _note(offering)
        move_up(offering, timezone.now())
    return hold


def let_go_of_past(now: dt.datetime) -> int:
    """End every hold whose last day is over at its place; returns how many."""
    near = Hold.objects.let_go_by(now.date() + dt.timedelta(days=2)).select_related("offering")
    past = [hold for hold in near if now.astimezone(hold.offering.tzinfo).date() > hold.until]
    for one in past:
        let_go(one)
    return len(past)


def _note(offering: Offering) -> None:
    offering.has_holds = Hold.objects.standing().filter(offering=offering).exists()
    offering.save(update_fields=["has_holds"])
    telling.holds_of(offering)
