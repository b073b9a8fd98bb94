"""Granting a partner course seats for a year, adding to them or taking back, and carrying over what is left."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from courses.account import Year, balance_of, keep, years_of
from courses.actions.refusals import NotSoManyLeft, YearsOverlap
from courses.models import Enrollment
from partners import actions as floor
from partners.lib.calendars import day_words
from partners.models import Allotment, Benefit, Partner, Person
from partners.models.allotments import Kind


@dataclass(frozen=True)
class GivenSeats:
    """Seats that somebody of LEI gives a partner for a year. `once` keeps a double click from two."""

    partner: Partner
    year: Year
    amount: int
    why: str
    once: str


@transaction.atomic
def grant_seats(given: GivenSeats, *, by: Person) -> None:
    """Grant seats for a new year; enrollments in it count from now on. Raises YearsOverlap."""
    Partner.objects.select_for_update(no_key=True).get(pk=given.partner.pk)
    if Allotment.objects.filter(key=_key(given, Kind.GRANTED)).exists():
        return
    for year in years_of(given.partner.pk)[given.partner.pk]:
        if year.begins_on <= given.year.ends_on and given.year.begins_on <= year.ends_on:
            first, last = day_words(year.begins_on, year=True), day_words(year.ends_on, year=True)
            raise YearsOverlap(f"Seats were granted from {first} to {last} already. Add to that year instead.")
    floor.allot([_entry(given, Kind.GRANTED, by)])
    inside = (given.year.begins_on, given.year.ends_on)
    keep(
        *Enrollment.objects.filter(partner=given.partner, offering__starts_on__range=inside).values_list(
            "pk", flat=True
        )
    )


def add_seats(given: GivenSeats, *, by: Person) -> None:
    """Add seats to a year, or take them back (below zero)."""
    floor.allot([_entry(given, Kind.ADDED, by)])


@transaction.atomic
def carry_seats(given: GivenSeats, *, by: Person) -> None:
    """Carry seats that the year before has left into this one. Again: nothing. Raises NotSoManyLeft."""
    Partner.objects.select_for_update(no_key=True).get(pk=given.partner.pk)
    if Allotment.objects.filter(key=_key(given, Kind.CARRIED_OVER)).exists():
        return
    earlier = [year for year in years_of(given.partner.pk)[given.partner.pk] if year.ends_on < given.year.begins_on]
    if not earlier:
        raise NotSoManyLeft("No seats were granted for a year before this one: there is nothing to carry over.")
    ledger = Allotment.objects.of(Benefit.COURSE_SEATS).filter(partner=given.partner)
    left = max(ledger.in_year(earlier[-1].begins_on).balance().left, Decimal(0))
    if given.amount > left:
        raise NotSoManyLeft(f"The year before has {left:.0f} left.")
    taken = GivenSeats(given.partner, earlier[-1], -given.amount, given.why, f"{given.once}:from")
    floor.allot(_entry(part, Kind.CARRIED_OVER, by) for part in (taken, given))


def _key(given: GivenSeats, kind: Kind) -> str:
    return f"seats:{given.partner.pk}:{given.year.begins_on}:{kind}:{given.once}"


def _entry(given: GivenSeats, kind: Kind, by: Person) -> Allotment:
    first, last = (day_words(day, year=True) for day in given.year)
    return Allotment(
        partner=given.partner,
        benefit=Benefit.COURSE_SEATS,
        kind=kind,
        amount=Decimal(given.amount),
        begins_on=given.year.begins_on,
        ends_on=given.year.ends_on,
        words=f"Course seats, {first} to {last}",
        why=given.why,
        made_by=by,
        key=_key(given, kind),
    )


def over_by(partner: Partner, day: dt.date, number: int) -> str:
    """Why so many more seats are too many for the partner's year of this day, in a sentence; "" when they are not."""
    balance = balance_of(partner, day)
    if balance is None or number <= balance.left:
        return ""
    left = max(balance.left, Decimal(0))
    return f"{partner.name} has {left:.0f} of {balance.allotted:.0f} seats left in that year, and this takes {number}."
