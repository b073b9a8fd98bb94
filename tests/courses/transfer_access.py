"""Who may open which page on the way from a course to work; see tests/test_access.py."""

from courses import answers
from courses.models import Purpose
from tests.a3.factories import make_sheet
from tests.access import EVERYONE, Row, only
from tests.cast import Cast
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.transfers import TAPS, check_of, make_past, make_plan, make_purpose

# The sponsor is the learner's manager.
READERS = ("learner", "sponsor", "change_agent", "coach", "staff", "administrator")


def before(cast: Cast) -> list[int]:
    enrollment = make_enrollment(make_offering(partner=cast.partner), cast.learner, "enrolled")
    make_purpose(enrollment, cast.sponsor)
    return [enrollment.pk]


def after(cast: Cast) -> list[int]:
    return [make_past(cast, cast.learner, partner=cast.partner).pk]


def plan(cast: Cast) -> list[int]:
    return [make_plan(make_past(cast, cast.learner)).pk]


def sheet(cast: Cast) -> list[int]:
    return [make_sheet(cast.learner, cast.site, coach=cast.coach).pk]


def check(cast: Cast) -> list[int]:
    return [check_of(make_plan(make_past(cast, cast.learner))).pk]


def link_of_manager(cast: Cast) -> list[str]:
    return [answers.agreement_address(Purpose.objects.get(enrollment=before(cast)[0])).split("/")[-2]]


def link_of_learner(cast: Cast) -> list[str]:
    return [answers.follow_up_address(check_of(make_plan(make_past(cast, cast.learner))), cast.learner).split("/")[-2]]


ROWS = {
    "courses:transfer_detail": Row(only(*READERS), before),
    "courses:transfer_of_partner": Row(
        only("change_agent", "sponsor", "coach", "staff", "administrator"), lambda cast: [cast.partner.pk]
    ),
    "courses:transfer_of_offering": Row(only("staff", "administrator"), lambda _cast: [make_offering().pk]),
    "courses:transfer_calls": Row(only("coach", "staff", "administrator")),
    "courses:purpose_edit": Row(only("learner"), before),
    "courses:plan_edit": Row(only("learner", status=302), after, lambda cast: TAPS | {"site": cast.site.pk}),
    "courses:plan_sheet": Row(only("learner", status=302), plan, {}),
    "courses:plan_of_sheet": Row(
        only("learner", "change_agent", "sponsor", "coach"),
        lambda cast: [make_sheet(cast.learner, cast.site, coach=cast.coach).pk],
    ),
    "courses:follow_up_answer": Row(only("learner"), check),
    # By a secret address; who is signed in as its person answers on the page that can correct, too.
    "courses:purpose_answer": Row(EVERYONE, link_of_manager),
    "courses:follow_up_by_link": Row(EVERYONE | {"learner": 302}, link_of_learner),
}
