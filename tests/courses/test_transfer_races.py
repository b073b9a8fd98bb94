"""The same deed from two hands at the same moment, on a real PostgreSQL."""

import datetime as dt

import pytest

from a3.models import Sheet
from courses import actions, schedules
from courses.models import ApplicationPlan, FollowUp, Purpose
from partners.models import Obligation
from tests.a3.factories import sheet_type
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.test_last_seats import at_once, cast
from tests.courses.transfers import PLAN, check_of, make_past, make_plan

__all__ = ["cast"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_two_planners_ask_each_once(cast):
    for person in (cast.learner, cast.sponsor):
        make_enrollment(make_offering(), person, "enrolled")
        make_plan(make_past(cast, person))
    at_once(lambda _: schedules.follow_to_work(), range(4))
    schedules.follow_to_work()
    assert Obligation.objects.filter(key__startswith="purpose:").count() == 2
    assert Obligation.objects.filter(key__startswith="follow-up:").count() == 2


def test_a_purpose_and_a_plan_written_twice_are_one(cast):
    seat = make_enrollment(make_offering(), cast.learner, "enrolled")
    why = actions.Why("Papers wait.", "See why.", "One ward.", cast.sponsor)
    at_once(lambda _: actions.write_purpose(seat, why, by=cast.learner), range(4))
    assert Purpose.objects.get().version == 1
    past = make_past(cast, cast.learner, days_ago=2)
    said = PLAN | {"site": cast.site, "by_on": past.offering.ends_on + dt.timedelta(days=9)}
    at_once(lambda _: actions.write_plan(past, **said), range(4))
    assert (ApplicationPlan.objects.count(), FollowUp.objects.count()) == (1, 3)


def test_pressed_by_four_hands_it_is_one_sheet(cast):
    sheet_type()
    plan = make_plan(make_past(cast, cast.learner))
    made = at_once(lambda _: actions.make_sheet(plan, by=cast.learner), range(4))
    assert {sheet.pk for sheet in made} == {Sheet.objects.get().pk}


def test_agreeing_while_the_text_changes_never_agrees_to_what_was_not_read(cast):
    seat = make_enrollment(make_offering(), cast.learner, "enrolled")
    why = actions.Why("Papers wait.", "See why.", "One ward.", cast.sponsor)
    purpose = actions.write_purpose(seat, why, by=cast.learner)
    other = actions.Why("Another thing.", "See why.", "One ward.", cast.sponsor)
    deeds = [
        lambda: actions.agree_to_purpose(purpose, by=cast.sponsor, version=1),
        lambda: actions.write_purpose(seat, other, by=cast.learner),
    ]
    at_once(lambda deed: deed(), deeds)
    purpose.refresh_from_db()
    assert (purpose.version, purpose.agreed_at) == (2, None)


def test_two_answers_at_once_leave_one_and_the_plan_says_the_same(cast):
    plan = make_plan(make_past(cast, cast.learner))
    row = check_of(plan)

    def answer(done):
        return actions.answer_follow_up(row, actions.Told(done, "So."), by=cast.learner)

    at_once(answer, ["yes", "partly", "not_yet"])
    plan.refresh_from_db()
    assert plan.latest == FollowUp.objects.get(pk=row.pk).done


def test_of_two_answers_by_the_same_link_at_once_one_counts(cast):
    row = check_of(make_plan(make_past(cast, cast.learner)))

    def answer(done):
        return actions.answer_follow_up(row, actions.Told(done, "So."), by=cast.learner, is_first=True)

    found = at_once(answer, ["yes", "partly", "not_yet"])
    assert sum(isinstance(one, actions.Refused) for one in found) == 2
    assert row.events.filter(answered_at__isnull=False).count() == 1
