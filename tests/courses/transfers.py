"""People on their way from a course to work, as rows."""

import datetime as dt
from typing import Any

from django.utils import timezone

from courses.models import ApplicationPlan, Enrollment, FollowUp, Purpose, Reaction
from courses.models.plans import ASKED_AFTER, due_at
from partners.models import Person
from tests.courses.factories import make_enrollment, make_offering

PLAN: dict[str, Any] = {
    "what": "Walk the discharge round at nine, every day.",
    "with_whom": "The nurses of 5 West",
    "how_known": "Patients who leave by noon: eight of ten.",
}
TAPS = {"recommends": "yes", "useful": "partly", "could": "not_yet", "can": "with_help"}


def make_purpose(enrollment: Enrollment, manager: Person, **fields: Any) -> Purpose:
    said = {"problem": "Patients wait for their papers.", "able_to": "See why.", "expected": "One ward by summer."}
    return Purpose.objects.create(enrollment=enrollment, manager=manager, **said | fields)


def make_past(cast: Any, person: Person, *, days_ago: int = 40, **fields: Any) -> Enrollment:
    """Somebody who was in a course that ended so many days ago."""
    offering = make_offering(in_days=-days_ago, **fields)
    return make_enrollment(offering, person, "attended")


def make_plan(enrollment: Enrollment, **fields: Any) -> ApplicationPlan:
    """A plan with its three checks, at a site of the enrollment's partner."""
    offering = enrollment.offering
    assert enrollment.partner
    usual = PLAN | {"site": enrollment.partner.sites.first(), "by_on": offering.ends_on + dt.timedelta(days=20)}
    plan = ApplicationPlan.objects.create(enrollment=enrollment, **usual | fields)
    FollowUp.objects.bulk_create(FollowUp(plan=plan, after=n, due_at=due_at(offering, n)) for n in ASKED_AFTER)
    return plan


def make_reaction(enrollment: Enrollment, **fields: Any) -> Reaction:
    return Reaction.objects.create(enrollment=enrollment, **TAPS | fields)


def check_of(plan: ApplicationPlan, after: int = 30) -> FollowUp:
    return FollowUp.objects.for_page().get(plan=plan, after=after)


def answered(plan: ApplicationPlan, after: int, done: str, words: str = "It was so.") -> None:
    """As if answered on its day."""
    FollowUp.objects.filter(plan=plan, after=after).update(
        done=done, words=words, answered_at=timezone.now(), answered_by=plan.enrollment.person
    )
    due = FollowUp.objects.get(plan=plan, after=after).due_at
    ApplicationPlan.objects.filter(pk=plan.pk).update(latest=done, latest_due_at=due)
