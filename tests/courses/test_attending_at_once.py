"""Two who mark at the same moment, on a real PostgreSQL: the last tap counts, nothing is there twice."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.utils import timezone

from courses import actions, schedules
from courses.actions.certifying import issue_all
from courses.models import Attendance, Certificate, CertificateBook, Enrollment, Offering
from tests.cast import Cast
from tests.courses.attendances import make_attended, make_taught
from tests.courses.factories import make_enrollment
from tests.courses.test_last_seats import at_once
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def test_two_phones_and_one_person(cast):
    """Twelve taps at once on one day of one person, each sent twice: the one made last stands."""
    offering = make_taught(cast, days=1)
    seat = make_enrollment(offering, cast.learner, "enrolled")
    began = timezone.now() - dt.timedelta(hours=1)
    taps = [
        actions.Mark(offering.starts_on, present=n % 3 == 0, at=began + dt.timedelta(seconds=n), tap=uuid.uuid4())
        for n in range(12)
    ]
    at_once(lambda said: actions.mark(seat, said, by=cast.coach), taps * 2)
    row = Attendance.objects.get()
    assert (row.tap, row.present) == (taps[-1].tap, False)
    taps_heard = apps.get_model("courses", "AttendanceEvent").objects.values_list("tap", flat=True)
    assert len(taps_heard) == len(set(taps_heard))
    assert Enrollment.objects.get().state == "enrolled"


def test_the_days_of_one_person_marked_at_once(cast):
    """Each in a connection of its own: the state is weighed with all of them."""
    offering = make_taught(cast, in_days=-8, days=6)
    seats = [make_enrollment(offering, make_person(site=cast.site), "enrolled") for _ in range(4)]
    marks = [(seat, actions.Mark(day, present=True)) for day in offering.dates_taught for seat in seats]
    at_once(lambda each: actions.mark(each[0], each[1], by=cast.coach), marks)
    assert Attendance.objects.count() == 24
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"attended"}
    assert Certificate.objects.count() == 4


def test_issuing_and_taking_back_at_once_leaves_what_the_days_say(cast):
    offering = make_taught(cast, days=1)
    seat = make_attended(offering, cast.learner)
    Certificate.objects.all().delete()
    away = actions.Mark(offering.starts_on, present=False)
    deeds = [
        lambda: issue_all(offering.pk, timezone.now()),
        lambda: actions.mark(seat, away, by=cast.staff),
        schedules.issue_certificates,
    ] * 4
    at_once(lambda deed: deed(), deeds)
    assert Enrollment.objects.get().state == "enrolled"
    assert not Certificate.objects.standing().exists()


def test_marking_and_cancelling_at_once(cast):
    offering = make_taught(cast, days=2)
    seats = [make_enrollment(offering, make_person(site=cast.site), "enrolled") for _ in range(6)]

    def deed(each):
        seat, is_cancelled = each
        if is_cancelled:
            return actions.cancel(seat, by=cast.staff, reason="Ill")
        return actions.mark_attended(seat, by=cast.coach)

    at_once(deed, [(seat, flag) for seat in seats for flag in (True, False)])
    found = set(Enrollment.objects.values_list("state", flat=True))
    assert found <= {"cancelled", "attended"}
    assert Offering.objects.get().seats_taken == Enrollment.objects.seated().count()
    assert Certificate.objects.count() == Enrollment.objects.filter(state="attended").count()


def test_a_book_asked_for_eight_times_at_once_is_one(cast):
    offering = make_taught(cast)
    books = at_once(lambda _n: actions.ask_for_book(offering, by=cast.coach, paper="a4"), range(8))
    assert {book.pk for book in books} == {CertificateBook.objects.get().pk}
