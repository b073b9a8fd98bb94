"""Offerings that have begun or are over, and who was there."""

import datetime as dt
from typing import Any

from courses import actions
from courses.models import CertificateBook, Course, Enrollment, Offering
from courses.pdf import make_book
from partners.models import Person
from tests.cast import Cast
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

EARLY, LATE = dt.time(0), dt.time(23, 59)


def make_taught(cast: Cast, *, in_days: int = -3, days: int = 2, **fields: Any) -> Offering:
    """Two days that are over, taught by the coach."""
    usual: dict[str, Any] = {"zone": "UTC", "partner": cast.partner, "capacity": 30}
    offering = make_offering(in_days=in_days, days=days, **usual | fields)
    offering.instructors.add(cast.coach)
    return offering


def make_attended(offering: Offering, person: Person) -> Enrollment:
    """There on every day, with a certificate when it is over."""
    seat = make_enrollment(offering, person, "enrolled")
    return actions.mark_attended(seat, by=offering.instructors.get())


def make_part(offering: Offering, person: Person) -> Enrollment:
    """There on the first day, not on the last."""
    seat = make_enrollment(offering, person, "enrolled")
    for day in offering.dates_taught:
        present = day == offering.starts_on
        actions.mark(seat, actions.Mark(day, present=present), by=offering.instructors.get())
    return seat


def attended_by_learner(cast: Cast) -> Enrollment:
    return make_attended(make_taught(cast), cast.learner)


NAMES = (
    "Ana Prado",
    "Bo Lindqvist",
    "Chidi Okafor",
    "Dana Whitlock",
    "Emre Şahin",
    "Fatima Zahra",
    "Hana Ito",
)


def a_door_list(cast: Cast) -> Offering:
    """Yesterday, today and tomorrow, for several partners; today half marked."""
    course = make_course("Managing with A3s")
    offering = make_taught(
        cast, in_days=-1, days=3, course=course, partner=None, daily_from=EARLY, daily_until=LATE, capacity=14
    )
    for number, name in enumerate(NAMES):
        seat = make_enrollment(
            offering, make_person(name, site=cast.site if number % 3 else cast.other_site), "enrolled"
        )
        actions.mark(seat, actions.Mark(offering.starts_on, present=number != 2), by=cast.coach)
        if number < 4:
            today = offering.starts_on + dt.timedelta(days=1)
            actions.mark(seat, actions.Mark(today, present=number != 3), by=cast.coach)
    return offering


def an_over_offering(cast: Cast) -> Offering:
    """The learner was there on every day, the sponsor for a part."""
    course, _ = Course.objects.get_or_create(name="Managing with A3s")
    offering = make_taught(cast, course=course, partner=None)
    make_attended(offering, cast.learner)
    make_part(offering, cast.sponsor)
    return offering


def a_book(cast: Cast) -> CertificateBook:
    """All certificates of it, ready."""
    book = CertificateBook.objects.create(offering=an_over_offering(cast), asked_by=cast.coach)
    make_book(book.pk)
    return book
