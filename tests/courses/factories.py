"""Plain functions that make valid rows of courses."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from courses import actions
from courses.models import Course, Enrollment, Hold, Offering
from partners.models import Partner, Person

_numbers = count(1)


def make_course(name: str = "", **fields: Any) -> Course:
    return Course.objects.create(name=name or f"Course {next(_numbers)}", **fields)


def make_offering(course: Course | None = None, *, in_days: int = 30, days: int = 1, **fields: Any) -> Offering:
    """An offering of `days` days that starts `in_days` from today and may be asked for until the day before."""
    starts_on = timezone.localdate(timezone=dt.UTC) + dt.timedelta(days=in_days)
    usual = {
        "starts_on": starts_on,
        "ends_on": starts_on + dt.timedelta(days=days - 1),
        "enroll_until": starts_on - dt.timedelta(days=1),
        "zone": "America/New_York",
        "capacity": 10,
    }
    if not {"site", "link"} & fields.keys():
        usual["place"] = "Lean Enterprise Institute, Boston"
    return Offering.objects.create(course=course or make_course(), **usual | fields)


def hold_for(offering: Offering, partner: Partner, seats: int, *, by: Person, **fields: Any) -> Hold:
    """Seats of the offering held for a partner until the day before it starts."""
    usual: dict[str, Any] = {"until": offering.starts_on - dt.timedelta(days=1), "why": "Agreed in the charter"}
    return actions.hold_seats(Hold(offering=offering, partner=partner, seats=seats, **usual | fields), by=by)


def make_enrollment(
    offering: Offering, person: Person, state: str = Enrollment.State.ASKED, **fields: Any
) -> Enrollment:
    """An enrollment as it stands in this state, with the times and people that led there."""
    now = timezone.now()
    states = Enrollment.State
    led_here: dict[str, Any] = {}
    if state in {states.APPROVED, states.OFFERED, states.ENROLLED, states.ATTENDED, states.LAPSED}:
        led_here |= {"approved_at": now, "approved_by": person}
    if state in {states.OFFERED, states.LAPSED}:
        led_here |= {"offered_at": now, "offered_until": now + dt.timedelta(days=2)}
    if state in {states.ENROLLED, states.ATTENDED}:
        led_here |= {"enrolled_at": now}
    if state == states.ATTENDED:
        led_here |= {"attended_at": now}
    if state in {states.DECLINED, states.CANCELLED}:
        led_here |= {f"{state}_at": now, f"{state}_by": person, "reason": "No time"}
    assignment = person.assignments.current().select_related("site__partner").first()
    partner = assignment.site.partner if assignment else None
    return Enrollment.objects.create(
        **{"offering": offering, "person": person, "partner": partner, "state": state, "asked_by": person}
        | led_here
        | fields
    )


def given_back_late(offering: Offering, person: Person) -> Enrollment:
    """A seat that was given back when nobody could use it any more."""
    seat = make_enrollment(offering, person, Enrollment.State.ENROLLED)
    return actions.cancel(seat, by=person, reason="A rush order")
