"""What happens in the line for seats today, done by the same actions that the pages use."""

import datetime as dt
from contextlib import suppress

from django.db.models import QuerySet

from courses import actions
from courses.account import Year
from courses.models import Enrollment, Hold, Offering
from leipartners.demo.people import Ground
from partners.models import Person

HELD = 3
GOES_TOGETHER = ("Hollis Reed", "Beatriz Nunes")


def move_the_line(ground: Ground) -> int:
    """In the next full offering a seat is given back and offered to the learner who signs in; two wait together.

    In a later one seats are held for the first partner. Returns how many wait or are offered a seat.
    """
    staff, partner = ground.lei["Nora Whitfield"], ground.partners[0]
    later = Offering.objects.filter(partner=None, starts_on__gt=ground.today + dt.timedelta(days=1))
    full = next(row for row in later.order_by("starts_on", "pk") if row.is_full)
    holder = full.enrollments.seated().exclude(partner=partner).order_by("pk").first()
    if holder is None:
        return 0
    agent = Person.objects.change_agents_of(partner).get(name="Dana Whitlock")
    learner = Person.objects.get(name="Luis Ferrer")
    for person in Person.objects.filter(name__in=(learner.name, *GOES_TOGETHER)):
        for row in Enrollment.objects.of(person).filter(offering=full):
            actions.cancel(row, by=person, reason="Moved to a later date.")
    asked = actions.enroll(full, person=learner, by=agent)
    actions.put_first(asked, by=staff, reason="His ward moves house in the spring and starts with this course.")
    people = list(Person.objects.filter(name__in=GOES_TOGETHER).order_by("pk"))
    actions.enroll_all(full, people=people, by=agent, together=True)
    actions.cancel(holder, by=holder.person, reason="An audit that week.")
    _grant(ground, by=staff)
    _hold(ground, later.filter(starts_on__gt=full.starts_on), by=staff)
    return full.enrollments.waiting().count() + 1


def _grant(ground: Ground, *, by: Person) -> None:
    """Seats for this calendar year and the one before, for the first two partners; some left over are carried over."""
    for partner in ground.partners[:2]:
        for year, seats in ((ground.today.year - 1, 72), (ground.today.year, 96)):
            span = Year(dt.date(year, 1, 1), dt.date(year, 12, 31))
            given = actions.GivenSeats(partner, span, seats, "Agreed with the charter, for all sites.", f"demo:{year}")
            actions.grant_seats(given, by=by)
        carried = actions.GivenSeats(partner, span, 4, "The spring courses were called off by a flood.", "demo:carried")
        with suppress(actions.Refused):
            actions.carry_seats(carried, by=by)


def _hold(ground: Ground, later: QuerySet[Offering], *, by: Person) -> None:
    """Three seats for the first partner, until a week before."""
    offering = next(row for row in later.order_by("starts_on", "pk") if row.left >= HELD)
    until = offering.starts_on - dt.timedelta(days=7)
    why = "Agreed in the charter: three of Riverside's leads."
    actions.hold_seats(Hold(offering=offering, partner=ground.partners[0], seats=HELD, until=until, why=why), by=by)
