"""Seats are counted by the database: whoever writes, the number is true and never above capacity."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from courses.models import Enrollment, Offering
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person

pytestmark = pytest.mark.django_db
State = Enrollment.State


def taken(offering: Offering) -> int:
    return Offering.objects.get(pk=offering.pk).seats_taken


def people_in(offering: Offering, state: str, number: int) -> list[Enrollment]:
    return [make_enrollment(offering, make_person(), state) for _ in range(number)]


def refused() -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match="never_above_capacity")


@pytest.mark.parametrize(
    ("state", "seats"),
    [("asked", 0), ("approved", 0), ("enrolled", 1), ("attended", 1), ("declined", 0), ("cancelled", 0)],
)
def test_enrolled_and_attended_take_a_seat(state, seats):
    offering = make_offering()
    people_in(offering, state, 1)
    assert taken(offering) == seats


def test_a_cancelled_and_a_deleted_one_give_it_back():
    offering = make_offering()
    first, _second = people_in(offering, "enrolled", 2)
    Enrollment.objects.filter(pk=first.pk).update(
        state="cancelled", cancelled_at=first.asked_at, cancelled_by=first.person
    )
    assert taken(offering) == 1
    Enrollment.objects.filter(offering=offering).delete()
    assert taken(offering) == 0


def test_moving_to_another_offering_moves_the_seat():
    here, there = make_offering(), make_offering()
    people_in(here, "enrolled", 3)
    Enrollment.objects.filter(offering=here).update(offering=there)
    assert (taken(here), taken(there)) == (0, 3)


def test_a_bulk_update_cannot_oversell():
    offering = make_offering(capacity=2)
    people_in(offering, "approved", 3)
    with refused(), transaction.atomic():
        Enrollment.objects.filter(offering=offering).update(state="enrolled", enrolled_at="2026-01-01T00:00Z")
    assert taken(offering) == 0


def test_a_bulk_create_cannot_oversell():
    offering = make_offering(capacity=2)
    rows = people_in(offering, "approved", 3)
    Enrollment.objects.filter(offering=offering).delete()
    for row in rows:
        row.pk, row.state, row.enrolled_at = None, State.ENROLLED, row.approved_at
    with refused(), transaction.atomic():
        Enrollment.objects.bulk_create(rows)
    Enrollment.objects.bulk_create(rows[:2])
    assert taken(offering) == 2


def test_plain_sql_cannot_oversell():
    offering = make_offering(capacity=1)
    people_in(offering, "approved", 2)
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE courses_enrollment SET state = 'enrolled', enrolled_at = now()")


def test_capacity_cannot_fall_below_the_seats_taken():
    offering = make_offering(capacity=3)
    people_in(offering, "enrolled", 2)
    with refused(), transaction.atomic():
        Offering.objects.filter(pk=offering.pk).update(capacity=1)


def test_a_stale_row_that_is_saved_keeps_the_true_number():
    offering = make_offering(capacity=3)  # this object still says 0
    people_in(offering, "enrolled", 2)
    offering.place = "Detroit"
    offering.save()
    assert taken(offering) == 2


def test_nobody_writes_the_number():
    offering = make_offering(seats_taken=5)
    Offering.objects.filter(pk=offering.pk).update(seats_taken=7)
    assert taken(offering) == 0


def test_nobody_is_enrolled_twice_but_may_ask_again_after_cancelling():
    offering, person = make_offering(), make_person()
    make_enrollment(offering, person, "cancelled")
    make_enrollment(offering, person)
    with pytest.raises(IntegrityError, match="courses_enrollment_once"), transaction.atomic():
        make_enrollment(offering, person)


def test_every_change_is_kept_and_cannot_be_rewritten():
    offering = make_offering()
    [enrollment] = people_in(offering, "asked", 1)
    Enrollment.objects.filter(pk=enrollment.pk).update(
        state="approved", approved_at=enrollment.asked_at, approved_by=enrollment.person
    )
    events = apps.get_model("courses", "EnrollmentEvent").objects.filter(pgh_obj=enrollment)
    assert list(events.order_by("pgh_id").values_list("state", flat=True)) == ["asked", "approved"]
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        events.delete()
