"""The pages on the way from a course to work that are looked at in a real browser, and what is there to see."""

from courses import answers
from courses.models import ApplicationPlan, FollowUp, Offering, Purpose
from tests.browser.looking import Look, made, partner
from tests.cast import Cast
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.courses.transfers import answered, check_of, make_plan, make_purpose, make_reaction
from tests.factories import make_person

PROBLEM = "On 5 West patients who could go home at ten wait for their papers until three, four days of five."


def a_seat(cast: Cast) -> Purpose:
    """The learner has a seat, and the sponsor is asked to agree."""
    offering = make_offering(make_course("Managing with A3s"), partner=cast.partner, days=3)
    enrollment = make_enrollment(offering, cast.learner, "enrolled")
    able = "Draw how the discharge runs now, with those who do it, and find the one thing to try first."
    return make_purpose(enrollment, cast.sponsor, problem=PROBLEM, able_to=able)


def a_plan(cast: Cast) -> ApplicationPlan:
    """Done in part after 30 days, not answered after 60, and asked after 90 in ten days."""
    offering = make_offering(make_course("Managing with A3s"), partner=cast.partner, in_days=-80, days=3)
    enrollment = make_enrollment(offering, cast.learner, "attended")
    make_purpose(enrollment, cast.sponsor, problem=PROBLEM, agreed_at=enrollment.asked_at)
    make_reaction(enrollment, said="The walk on the second day was worth the journey.")
    plan = make_plan(enrollment)
    answered(plan, 30, "partly", "Three mornings of five: on the other two nobody had printed the list.")
    return plan


def seat(_cast: Cast, purpose: Purpose) -> list[int]:
    return [purpose.enrollment_id]


def enrollment(_cast: Cast, plan: ApplicationPlan) -> list[int]:
    return [plan.enrollment_id]


def an_end(cast: Cast) -> ApplicationPlan:
    """Two days after the course; the first check is to come."""
    offering = make_offering(make_course("Managing with A3s"), partner=cast.partner, in_days=-4, days=3)
    return make_plan(make_enrollment(offering, cast.learner, "attended"))


def a_check(cast: Cast) -> FollowUp:
    return check_of(a_plan(cast), 60)


def number(_cast: Cast, row: FollowUp) -> list[int]:
    return [row.pk]


def a_check_of_yesterday(cast: Cast) -> list[str]:
    offering = make_offering(make_course("Managing with A3s"), in_days=-32)
    row = check_of(make_plan(make_enrollment(offering, cast.learner, "attended")))
    return [answers.follow_up_address(row, cast.learner).split("/")[-2]]


def a_link(cast: Cast) -> list[str]:
    return [answers.agreement_address(a_seat(cast)).split("/")[-2]]


def as_made(_cast: Cast, found: list[str]) -> list[str]:
    return found


def many_ways(cast: Cast) -> Offering:
    """Two courses of the learner's partner, with all that can become of them."""
    first = make_course("Managing with A3s"), make_course("Gemba walks that teach")
    offerings = [make_offering(course, in_days=-100, partner=cast.partner) for course in first]
    said = ["yes", "yes", "partly", "not_yet", "gave_up", ""]
    for number, done in enumerate(said):
        person = make_person(f"learner_{number}", site=cast.site)
        row = make_enrollment(offerings[number % 2], person, "attended")
        make_purpose(row, cast.sponsor, agreed_at=row.asked_at if number else None)
        make_reaction(row, can="alone" if number < 3 else "with_help")
        plan = make_plan(row)
        for after in (30, 60) if done else ():
            answered(plan, after, done, "Three mornings of five: on the others nobody had time.")
    return offerings[0]


TRANSFER = [
    Look("courses:transfer_of_partner", "sponsor", many_ways, partner),
    Look("courses:transfer_of_partner", "sponsor", args=partner, about="empty"),
    Look("courses:transfer_of_offering", "staff", many_ways, made),
    Look("courses:transfer_calls", "coach", many_ways),
    Look("courses:transfer_calls", "coach", many_ways, about="furthest", query={"show": "furthest"}),
    Look("courses:transfer_calls", "coach", about="empty"),
    Look("courses:transfer_detail", "learner", a_seat, seat, about="before"),
    Look("courses:transfer_detail", "change_agent", a_plan, enrollment),
    Look("courses:purpose_edit", "learner", a_seat, seat),
    Look("courses:plan_edit", "learner", an_end, enrollment),
    Look("courses:follow_up_answer", "learner", a_check, number),
    Look("courses:purpose_answer", "nobody", a_link, as_made),
    Look("courses:follow_up_by_link", "nobody", a_check_of_yesterday, as_made),
]
