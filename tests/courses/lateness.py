"""Rows of what comes late: an offering after its freeze date, requests that wait for LEI, seats given back too late."""

import datetime as dt
from typing import Any

from django.utils import timezone

from courses import actions
from courses.models import Enrollment, Offering
from tests.cast import Cast
from tests.courses.factories import given_back_late, make_course, make_enrollment, make_offering
from tests.factories import make_person

CODE = "Late 2-Kata"


def a_late_offering(_cast: Cast, **fields: Any) -> Offering:
    """It begins in five days; one asked until the day before yesterday."""
    lately = timezone.localdate(timezone=dt.UTC) - dt.timedelta(days=2)
    course = fields.pop("course", None) or make_course("Kata for Leaders")
    usual: dict[str, Any] = {"in_days": 5, "enroll_until": lately, "late_code": CODE}
    return make_offering(course, **usual | fields)


def a_late_request(cast: Cast) -> Offering:
    """The sponsor's waits for LEI; the learner has a seat, a co-worker gave one back too late."""
    offering = a_late_offering(cast)
    plea = actions.Plea("The first one we named has left us.")
    actions.ask_late(offering, people=[cast.sponsor], by=cast.change_agent, late=plea)
    make_enrollment(offering, cast.learner, "enrolled")
    given_back_late(offering, make_person("ida_brandt", site=cast.site))
    return offering


def seat_of_learner(cast: Cast, offering: Offering) -> list[int]:
    return [offering.enrollments.get(person=cast.learner).pk]


def seat_given_back(_cast: Cast, offering: Offering) -> list[int]:
    return [Enrollment.objects.get(offering=offering, given_back_late=True).pk]
