"""Many people at the same moment, on a real PostgreSQL: never above capacity, never a seat lost, the line in order."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from courses import actions
from courses.models import Enrollment, Offering
from tests.cast import Cast
from tests.courses.factories import hold_for, make_enrollment, make_offering
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)
State = Enrollment.State


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def at_once(deed, things):
    """Do the deed to every thing, each in a thread and connection of its own, all starting together."""
    start = Barrier(len(things))

    def one(thing):
        try:
            start.wait()
            return deed(thing)
        except (actions.Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(one, things))


def states(offering):
    rows = Enrollment.objects.filter(offering=offering).values_list("state", flat=True)
    return {state: list(rows).count(state) for state in set(rows)}


def test_forty_approved_at_once_for_five_seats(cast):
    offering = make_offering(capacity=5)
    asked = [make_enrollment(offering, make_person(site=cast.site)) for _ in range(40)]
    at_once(lambda enrollment: actions.approve(enrollment, by=cast.change_agent), asked)
    assert states(offering) == {"enrolled": 5, "approved": 35}
    assert Offering.objects.get().seats_taken == 5
    by_approval = list(Enrollment.objects.order_by("approved_at", "pk").values_list("state", flat=True))
    assert by_approval == ["enrolled"] * 5 + ["approved"] * 35
    assert Enrollment.objects.untold().count() == 40


def test_two_hundred_at_once_for_twenty_seats(cast):
    offering = make_offering(capacity=20)
    people = [make_person(site=cast.site) for _ in range(200)]
    found = at_once(lambda person: actions.enroll(offering, person=person, by=cast.change_agent), people)
    assert all(isinstance(row, Enrollment) for row in found)
    assert states(offering) == {"enrolled": 20, "approved": 180}
    by_approval = list(Enrollment.objects.order_by("approved_at", "pk").values_list("state", flat=True))
    assert by_approval == ["enrolled"] * 20 + ["approved"] * 180


def test_held_seats_stay_held_when_all_come_at_once(cast):
    offering = make_offering(capacity=6)
    hold_for(offering, cast.elsewhere, 2, by=cast.staff)
    people = [make_person(site=cast.site) for _ in range(12)] + [cast.outsider]
    at_once(lambda person: actions.enroll(offering, person=person, by=cast.staff), people)
    assert states(offering) == {"enrolled": 5, "approved": 8}
    assert Enrollment.objects.get(person=cast.outsider).state == "enrolled"


def test_an_offer_is_taken_turned_down_or_lapses_and_one_of_them_only(cast):
    offering = make_offering(capacity=1)
    holder = make_enrollment(offering, cast.sponsor, "enrolled")
    first, second = (make_enrollment(offering, make_person(site=cast.site), "approved") for _ in range(2))
    actions.cancel(holder, by=cast.staff, reason="Ill")
    later = timezone.now() + dt.timedelta(days=3)
    deeds = [
        lambda: actions.accept(first),
        lambda: actions.turn_down(first, by=cast.staff),
        lambda: actions.let_lapse(offering.pk, later),
    ] * 4
    at_once(lambda deed: deed(), deeds)
    found = [Enrollment.objects.get(pk=row.pk).state for row in (first, second)]
    assert found in (["enrolled", "approved"], ["cancelled", "offered"], ["lapsed", "offered"], ["cancelled", "lapsed"])
    assert Offering.objects.get().seats_taken == Enrollment.objects.taking().count() <= 1


def test_seats_given_back_at_once_go_to_the_first_in_line(cast):
    offering = make_offering(capacity=5)
    people = [make_person(site=cast.site) for _ in range(12)]
    rows = [actions.enroll(offering, person=person, by=cast.staff) for person in people]
    at_once(lambda row: actions.cancel(row, by=cast.staff, reason="Ill"), [*rows[:4], *rows[:4]])
    assert list(Enrollment.objects.order_by("pk").values_list("state", flat=True)) == (
        ["cancelled"] * 4 + ["enrolled"] + ["offered"] * 4 + ["approved"] * 3
    )


def test_giving_back_and_approving_at_once_loses_no_seat(cast):
    offering = make_offering(capacity=4)
    holders = [make_enrollment(offering, make_person(site=cast.site), "enrolled") for _ in range(4)]
    asked = [make_enrollment(offering, make_person(site=cast.site)) for _ in range(8)]

    def answer(row):
        if row in holders:
            return actions.cancel(row, by=cast.staff, reason="Ill")
        return actions.approve(row, by=cast.staff)

    at_once(answer, [one for pair in zip(holders, asked[:4], strict=True) for one in pair] + asked[4:])
    found = states(offering)
    assert (found["cancelled"], found["approved"]) == (4, 4)
    assert found.get("enrolled", 0) + found.get("offered", 0) == 4


def test_one_person_asking_eight_times_at_once_asks_once(cast):
    offering = make_offering()
    answers = at_once(lambda _n: actions.ask(offering, by=cast.learner), range(8))
    assert sum(isinstance(answer, actions.Refused) for answer in answers) == 7
    assert states(offering) == {"asked": 1}


def test_one_person_enrolled_eight_times_at_once_is_enrolled_once(cast):
    offering = make_offering()
    rows = at_once(lambda _n: actions.enroll(offering, person=cast.learner, by=cast.staff), range(8))
    assert {row.pk for row in rows} == {Enrollment.objects.get().pk}
    assert states(offering) == {"enrolled": 1}


def test_writers_who_skip_the_lock_cannot_oversell_either(cast):
    offering = make_offering(capacity=3)
    waiting = [make_enrollment(offering, make_person(site=cast.site), "approved") for _ in range(12)]

    def grab(row):
        return Enrollment.objects.filter(pk=row.pk).update(state=State.ENROLLED, enrolled_at=row.approved_at)

    answers = at_once(grab, waiting)
    assert answers.count(1) == 3
    assert (states(offering), Offering.objects.get().seats_taken) == ({"enrolled": 3, "approved": 9}, 3)
