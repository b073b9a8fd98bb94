"""Entering a list: by the one engine, in the order of the list, once, and also when it is sent again."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.utils import timezone

from courses import actions, schedules
from courses.importing.reading import Read
from courses.models import Enrollment, EnrollmentImport, ImportRow
from tests.cast import Cast
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.lists import lines, make_import, outcomes, row
from tests.factories import make_person

State = Enrollment.State


def emails(people):
    return "\n".join(person.email for person in people)


def entered(of):
    actions.confirm(of)
    actions.work_on(of.pk)


@pytest.fixture
def people(cast):
    return [make_person(site=cast.site) for _ in range(5)]


def in_line(offering):
    rows = Enrollment.objects.filter(offering=offering).order_by("approved_at", "pk")
    return list(rows.values_list("person", "state"))


def test_nothing_is_written_before_it_is_confirmed_then_in_the_order_of_the_list(cast, people):
    offering = make_offering(capacity=3)
    of = make_import(offering, cast.change_agent, emails(reversed(people)))
    assert Enrollment.objects.count() == 0
    entered(of)
    expected = [(person.pk, "enrolled" if place < 3 else "approved") for place, person in enumerate(reversed(people))]
    assert in_line(offering) == expected
    assert outcomes(of) == ["seated"] * 3 + ["waits"] * 2


def test_again_changes_nothing(cast, people):
    offering = make_offering(capacity=3)
    of = make_import(offering, cast.change_agent, emails(people))
    entered(of)
    before = list(Enrollment.objects.order_by("pk").values())
    entered(of)
    again = make_import(offering, cast.change_agent, emails(people) + "\n")
    entered(again)
    assert list(Enrollment.objects.order_by("pk").values()) == before
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        later = make_import(offering, cast.change_agent, emails(people))
        entered(later)
    assert (later != of, outcomes(later)) == (True, ["on_list"] * 5)
    assert list(Enrollment.objects.order_by("pk").values()) == before


def test_sent_twice_within_a_minute_is_one_list(cast, people):
    offering, read = make_offering(), Read(lines(emails(people)))
    assert actions.take_in(offering, read, by=cast.staff) == actions.take_in(offering, read, by=cast.staff)
    assert actions.take_in(offering, read, by=cast.administrator).made_by == cast.administrator
    assert EnrollmentImport.objects.count() == 2


def test_rows_in_doubt_stay_and_are_put_down_after(cast, people):
    offering = make_offering()
    of = make_import(offering, cast.change_agent, f"{people[0].email}\nnobody@example.com\nPerson Nowhere")
    entered(of)
    assert outcomes(of) == ["seated", "unknown", "unknown"]
    actions.mend(row(of, 2), email=people[1].email)
    entered(of)
    assert outcomes(of) == ["seated", "seated", "unknown"]
    with pytest.raises(actions.Refused, match="entered already"):
        actions.mend(row(of, 1), email=people[2].email)


def test_what_changed_since_the_look_is_seen_by_the_engine(cast, people):
    """Put down by somebody else meanwhile; left the partner; enrollment closed."""
    offering = make_offering()
    of = make_import(offering, cast.change_agent, emails(people[:3]))
    make_enrollment(offering, people[0], State.ENROLLED)
    people[1].assignments.update(ended_on=dt.date(2025, 1, 1))
    entered(of)
    assert outcomes(of) == ["seated", "refused", "seated"]
    assert row(of, 2).says == f"{people[1]} is at no partner now. Ask LEI's staff to enroll them."
    closed = make_import(offering, cast.change_agent, people[3].email)
    offering.enroll_until = dt.date(2026, 1, 1)
    offering.save()
    entered(closed)
    assert row(closed, 1).says.startswith("Enrollment closed on Thu 1 Jan.")
    with pytest.raises(actions.Refused, match="Enrollment closed"):
        make_import(offering, cast.change_agent, people[4].email)


def test_work_that_is_under_way_is_left_to_who_has_it_and_taken_over_from_who_died(cast, people):
    offering = make_offering()
    of = make_import(offering, cast.change_agent, emails(people))
    actions.confirm(of)
    later = timezone.now() + dt.timedelta(minutes=1)
    EnrollmentImport.objects.update(held_until=later)
    schedules.work_on_imports()
    assert Enrollment.objects.count() == 0
    with pytest.raises(actions.Refused, match="being worked on"):
        actions.mend(row(of, 1), email="x@example.com")
    with time_machine.travel(later + dt.timedelta(seconds=5)):
        schedules.work_on_imports()
    assert Enrollment.objects.count() == 5


def test_a_maker_whose_account_is_closed_puts_nobody_down(cast, people):
    of = make_import(make_offering(), cast.change_agent, emails(people))
    actions.confirm(of)
    cast.change_agent.is_active = False
    cast.change_agent.save()
    schedules.work_on_imports()
    assert (Enrollment.objects.count(), EnrollmentImport.objects.get().work) == (0, "")


def test_lists_are_forgotten_after_two_weeks_and_when_there_are_many(cast):
    offering = make_offering()
    for number in range(25):
        make_import(offering, cast.staff, f"person{number}@example.com")
    assert EnrollmentImport.objects.count() == 20
    schedules.forget_imports()
    assert EnrollmentImport.objects.count() == 20
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        schedules.forget_imports()
    assert (EnrollmentImport.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_a_list_thrown_away_while_it_is_worked_on_is_no_error(cast, people):
    of = make_import(make_offering(), cast.change_agent, emails(people))
    actions.confirm(of)
    actions.throw_away(of)
    actions.throw_away(of)
    actions.work_on(of.pk)
    assert Enrollment.objects.count() == 0


@pytest.fixture
def committed(transactional_db: None) -> Cast:
    return Cast()


def at_once(deeds):
    def one(deed):
        try:
            with suppress(IntegrityError):  # by hand, one of two who enroll the same person has to try again
                deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(one, deed) for deed in deeds]]


def test_two_lists_two_confirmations_and_single_hands_at_the_same_moment(committed):
    """Two lists of the same people in opposite orders, each confirmed twice, and each person put down by hand too."""
    cast, offering = committed, make_offering(capacity=4)
    people = [make_person(site=cast.site) for _ in range(12)]
    one = make_import(offering, cast.change_agent, emails(people))
    other = make_import(offering, cast.staff, emails(reversed(people)))
    by_hand = [lambda p=person: actions.enroll(offering, person=p, by=cast.administrator) for person in people[::4]]
    at_once([lambda of=of: entered(of) for of in (one, other, one, other)] + by_hand)
    for of in (one, other):  # whoever came second to a list has left it to the first
        entered(of)
    states = list(Enrollment.objects.order_by("approved_at", "pk").values_list("state", flat=True))
    assert states == ["enrolled"] * 4 + ["approved"] * 8
    assert Enrollment.objects.values("person").distinct().count() == 12
    for of in (one, other):
        assert set(outcomes(of)) == {"seated", "waits"}
