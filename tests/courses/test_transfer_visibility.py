"""Who reads purposes, plans, reactions and checks: for each person of the cast, exactly these."""

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.models import ApplicationPlan, Enrollment, FollowUp, Offering, Purpose, Reaction
from tests.cast import PEOPLE
from tests.courses.factories import make_offering
from tests.courses.transfers import answered, make_past, make_plan, make_purpose, make_reaction
from tests.factories import make_person

LEI = ("staff", "administrator")
BOTH = {"theirs", "elsewhere"}
THEIRS = {"theirs"}


@pytest.fixture
def ways(cast):
    """The learner, whose manager is the sponsor; and somebody of the other partner, with all of the same."""
    other = make_person("wichita", site=cast.other_site)
    found = {}
    for name, person, manager in (("theirs", cast.learner, cast.sponsor), ("elsewhere", other, cast.outsider)):
        enrollment = make_past(cast, person)
        make_purpose(enrollment, manager)
        make_reaction(enrollment)
        found[name] = make_plan(enrollment)
    return found


def user_of(cast, name):
    return AnonymousUser() if name == "nobody" else cast[name]


def seen(ways, rows, way):
    """The names of the ways that these rows belong to."""
    names = {plan.enrollment_id: name for name, plan in ways.items()}
    return {names[way(row)] for row in rows}


NOBODY: dict[str, set[str]] = {name: set() for name in PEOPLE}
ALL = dict.fromkeys(LEI, BOTH)
WITHIN = NOBODY | {"learner": THEIRS, "change_agent": THEIRS, "outsider": {"elsewhere"}} | ALL
PURPOSES = WITHIN | {"sponsor": THEIRS}  # as manager; the partner's coach reads none
PLANS = PURPOSES | {"coach": THEIRS}
REACTIONS = WITHIN | {"coach": THEIRS}  # the manager reads none
OWN = NOBODY | {"learner": THEIRS}
MANAGED = NOBODY | {"sponsor": THEIRS, "outsider": {"elsewhere"}}
CALLABLE = NOBODY | {"coach": THEIRS} | ALL

SCOPES = [
    (Purpose, "visible_to", PURPOSES),
    (Purpose, "answerable_by", MANAGED),
    (Reaction, "visible_to", REACTIONS),
    (ApplicationPlan, "visible_to", PLANS),
    (ApplicationPlan, "editable_by", OWN),
    (ApplicationPlan, "overseen_by", CALLABLE),
]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("case", SCOPES, ids=lambda case: f"{case[0].__name__}-{case[1]}")
def test_scopes(cast, ways, name, case):
    model, scope, expected = case
    rows = getattr(model.objects, scope)(user_of(cast, name))
    assert seen(ways, rows, lambda row: row.enrollment_id) == expected[name]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("scope", "expected"), [("visible_to", PLANS), ("answerable_by", OWN)])
def test_checks(cast, ways, name, scope, expected):
    rows = getattr(FollowUp.objects, scope)(user_of(cast, name))
    assert seen(ways, rows, lambda row: row.plan.enrollment_id) == expected[name]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("scope", "expected"), [("transfer_visible_to", PLANS), ("owned_by", OWN | {"wichita": BOTH})])
def test_enrollments(cast, ways, name, scope, expected):
    rows = getattr(Enrollment.objects, scope)(user_of(cast, name))
    assert seen(ways, rows, lambda row: row.pk) == expected[name]


def test_an_instructor_reads_what_is_said_of_their_offering(cast, ways):
    ways["elsewhere"].enrollment.offering.instructors.add(cast.coach)
    assert seen(ways, Purpose.objects.visible_to(cast.coach), lambda row: row.enrollment_id) == {"elsewhere"}
    for model in (ApplicationPlan, Reaction):
        assert seen(ways, model.objects.visible_to(cast.coach), lambda row: row.enrollment_id) == BOTH
    assert seen(ways, ApplicationPlan.objects.overseen_by(cast.coach), lambda row: row.enrollment_id) == BOTH


def test_who_teaches_no_more_and_who_left_reads_nothing(cast, ways):
    ways["elsewhere"].enrollment.offering.instructors.add(cast.coach)
    type(cast.coach).objects.filter(pk=cast.coach.pk).update(is_coach=False)
    cast.coach.refresh_from_db()
    for person in (cast.learner, cast.sponsor, cast.change_agent):
        person.assignments.update(ended_on="2026-01-02")
    for person in (cast.coach, cast.learner, cast.sponsor, cast.change_agent):
        for model in (Purpose, Reaction, ApplicationPlan, FollowUp):
            assert not model.objects.visible_to(person).exists()
        assert not FollowUp.objects.answerable_by(person).exists()
        assert not Purpose.objects.answerable_by(person).exists()
        assert not Enrollment.objects.transfer_visible_to(person).exists()


def test_people_of_lei_have_no_plan_for_a_partner(cast):
    offering = make_offering(in_days=-40)
    offering.enrollments.create(person=cast.coach, asked_by=cast.staff)
    assert not Enrollment.objects.owned_by(cast.coach).exists()
    assert not Enrollment.objects.transfer_visible_to(cast.staff).exists()


def test_the_furthest_and_the_stuck(cast, ways):
    """Done twice is far; not begun is stuck; done once is neither, nor is what was given up silent."""
    plan, now = ways["theirs"], ways["theirs"].written_at
    assert set(ApplicationPlan.objects.stuck(now)) == set()
    answered(plan, 30, "yes")
    assert set(ApplicationPlan.objects.taken_furthest()) == set()
    answered(plan, 60, "yes")
    assert set(ApplicationPlan.objects.taken_furthest()) == {plan}
    answered(plan, 90, "not_yet")
    assert set(ApplicationPlan.objects.taken_furthest()) == set()
    assert set(ApplicationPlan.objects.stuck(now)) == {plan}


@pytest.mark.parametrize("name", PEOPLE)
def test_offerings_overseen(cast, name):
    """Who teaches it as a coach, and LEI's staff; somebody who is no coach any more does not."""
    taught, other = make_offering(), make_offering(partner=cast.partner)
    taught.instructors.add(cast.coach, cast.learner)
    expected = {taught, other} if name in LEI else {taught} if name == "coach" else set()
    assert set(Offering.objects.overseen_by(user_of(cast, name))) == expected
