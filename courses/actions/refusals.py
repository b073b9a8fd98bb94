"""Why something cannot be done, as sentences for the person who tried. Nothing has been written when one is raised."""

import datetime as dt

from courses.models import Enrollment, Offering
from partners.lib.calendars import day_words
from partners.models import Partner, Person


class Refused(Exception):
    """What was asked for cannot be; its text says why and what to do next."""


class OfferingCancelled(Refused):
    pass


class OfferingOver(Refused):
    pass


class EnrollmentClosed(Refused):
    pass


class AlreadyAsked(Refused):
    pass


class AlreadyEnded(Refused):
    pass


class NotForThisPartner(Refused):
    pass


class WithoutPartner(Refused):
    pass


class NoSeat(Refused):
    pass


class NotYet(Refused):
    pass


class NotADay(Refused):
    pass


class TapTaken(Refused):
    pass


class NotWaiting(Refused):
    pass


class OfferLapsed(Refused):
    pass


class Full(Refused):
    pass


class TooLate(Refused):
    pass


class TextHasChanged(Refused):
    pass


class NotSoManyLeft(Refused):
    pass


class YearsOverlap(Refused):
    pass


class OverAllotment(Refused):
    pass


class AlreadyHeld(Refused):
    pass


class TooMany(Refused):
    pass


def check_alive(offering: Offering, now: dt.datetime) -> None:
    """Raise OfferingCancelled or OfferingOver."""
    if offering.cancelled_at:
        raise OfferingCancelled(f"{offering} was cancelled. Choose another date.")
    if offering.is_over(now):
        raise OfferingOver(f"{offering} is over. Choose another date.")


def check_open(offering: Offering, now: dt.datetime, *, by: Person) -> None:
    """Raise unless this person may still put somebody down; LEI's staff may until the offering is over."""
    check_alive(offering, now)
    if not (by.sees_all_partners or offering.is_open(now)):
        raise EnrollmentClosed(
            f"Enrollment closed on {day_words(offering.enroll_until)}. Ask for it as a late request; LEI decides."
        )


def check_fits(offering: Offering, partner: Partner | None) -> None:
    """Raise unless the offering is for everyone or for this partner."""
    if offering.partner_id and (partner is None or partner.pk != offering.partner_id):
        raise NotForThisPartner(f"{offering} is kept for another partner. Choose another date.")


def already(enrollment: Enrollment) -> AlreadyAsked:
    """The refusal of a second request."""
    if enrollment.is_asked:
        return AlreadyAsked("You have asked already. Your change agent will answer.")
    return AlreadyAsked("You are on the list of this offering already.")
