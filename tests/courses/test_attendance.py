"""Who was there on which day: one rule says who has attended, whoever notes it and in whatever order it arrives."""

import datetime as dt
import itertools
import uuid

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from courses import actions, schedules, tasks
from courses.account import Year, balance_of
from courses.actions.refusals import NoSeat, NotADay, NotYet, OfferingCancelled, TooLate
from courses.models import Attendance, Enrollment
from partners.models import Mail, Obligation
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person

State = Enrollment.State
NOW = timezone.now()
HERE, AWAY = True, False


@pytest.fixture
def offering(cast):
    """Three days, of which the last is today; the coach teaches it."""
    row = make_offering(in_days=-2, days=3, zone="UTC", capacity=30)
    row.instructors.add(cast.coach)
    return row


@pytest.fixture
def seat(cast, offering):
    return make_enrollment(offering, cast.learner, "enrolled")


def note(seat, day, present, by, **said):
    return actions.mark(seat, actions.Mark(seat.offering.dates_taught[day], present, **said), by=by)


def state(seat):
    return Enrollment.objects.get(pk=seat.pk).state


def marks(seat):
    return list(Attendance.objects.filter(enrollment=seat).values_list("present", flat=True))


def test_who_was_there_on_every_day_has_attended_and_nobody_else(cast, seat):
    for day in range(3):
        assert state(seat) == "enrolled"
        note(seat, day, present=True, by=cast.coach)
    row = Enrollment.objects.get()
    assert (row.state, row.attended_at is None, row.to_tell_at is None) == ("attended", False, False)
    note(seat, 1, present=False, by=cast.staff)
    row = Enrollment.objects.get()
    assert (row.state, row.attended_at, row.offering.seats_taken) == ("enrolled", None, 1)
    assert marks(seat) == [True, False, True]


def test_of_one_day_the_last_tap_counts_in_whatever_order_it_arrives(cast, offering):
    """Four taps of two phones, arriving in all 24 orders and each of them twice."""
    begins = dt.datetime.combine(offering.starts_on, dt.time(8), dt.UTC)
    said = [(n, present, uuid.uuid4()) for n, present in enumerate((True, False, True, False))]
    for order in itertools.permutations(said):
        seat = make_enrollment(offering, make_person(site=cast.site), "enrolled")
        taps = {n: uuid.uuid4() for n, _, _ in said}
        for n, present, _ in (*order, *order[:2]):
            note(seat, 0, present, cast.coach, at=begins + dt.timedelta(minutes=n), tap=taps[n])
        assert (marks(seat), Attendance.objects.get(enrollment=seat).tap) == ([False], taps[3])


def test_a_tap_that_comes_again_changes_nothing_though_its_time_is_read_a_little_later(cast, seat):
    first = uuid.uuid4()
    note(seat, 0, HERE, cast.coach, at=NOW - dt.timedelta(minutes=5), tap=first)
    note(seat, 0, AWAY, cast.staff, at=NOW - dt.timedelta(minutes=4))
    note(seat, 0, HERE, cast.coach, at=NOW - dt.timedelta(minutes=3), tap=first)
    assert marks(seat) == [False]


def test_the_id_of_a_tap_is_of_one_mark(cast, offering, seat):
    tap = uuid.uuid4()
    note(seat, 0, HERE, cast.coach, tap=tap)
    other = make_enrollment(offering, cast.sponsor, "enrolled")
    for again in (lambda: note(seat, 1, HERE, cast.coach, tap=tap), lambda: note(other, 0, HERE, cast.coach, tap=tap)):
        with pytest.raises(actions.Refused, match="Reload the door list"):
            again()
    assert Attendance.objects.count() == 1


def test_every_mark_stays_in_the_history(cast, seat):
    note(seat, 0, HERE, cast.coach)
    note(seat, 0, AWAY, cast.staff)
    events = apps.get_model("courses", "AttendanceEvent").objects.order_by("pgh_id")
    assert [(row.present, row.noted_by.name) for row in events] == [(True, "Coach"), (False, "Staff")]


def test_a_clock_that_cannot_be_right_is_not_believed(cast, seat):
    ahead = note(seat, 0, HERE, cast.coach, at=NOW + dt.timedelta(days=3))
    behind = note(seat, 1, HERE, cast.coach, at=NOW - dt.timedelta(days=400))
    assert ahead.noted_at <= timezone.now()
    assert behind.noted_at == dt.datetime.combine(behind.day, dt.time(), dt.UTC)


@pytest.mark.parametrize(
    ("zone", "opens"), [("Asia/Kolkata", "2031-03-03T18:30Z"), ("America/Detroit", "2031-03-04T05:00Z")]
)
def test_a_day_is_marked_from_its_beginning_at_the_place(cast, zone, opens):
    day = dt.date(2031, 3, 4)
    offering = make_offering(starts_on=day, ends_on=day, enroll_until=day, zone=zone)
    seat = make_enrollment(offering, cast.learner, "enrolled")
    moment = dt.datetime.fromisoformat(opens)
    with time_machine.travel(moment - dt.timedelta(seconds=1), tick=False), pytest.raises(NotYet, match="Tue 4 Mar"):
        note(seat, 0, HERE, cast.staff)
    with time_machine.travel(moment, tick=False):
        note(seat, 0, HERE, cast.staff)
    assert state(seat) == "attended"


def test_who_taught_corrects_for_two_weeks_and_staff_always(cast, seat):
    last = dt.datetime.combine(seat.offering.ends_on, dt.time(12), dt.UTC)
    with time_machine.travel(last + dt.timedelta(days=14), tick=False):
        note(seat, 2, HERE, cast.coach)
    with time_machine.travel(last + dt.timedelta(days=15), tick=False):
        with pytest.raises(TooLate, match="only LEI's staff"):
            note(seat, 2, AWAY, cast.coach)
        note(seat, 2, AWAY, cast.staff)
    assert marks(seat) == [False]


def test_what_cannot_be_noted_says_why(cast, offering, seat):
    other = actions.Mark(offering.ends_on + dt.timedelta(days=1), HERE)
    with pytest.raises(NotADay, match="Reload the door list"):
        actions.mark(seat, other, by=cast.staff)
    with pytest.raises(NoSeat, match="waiting for a seat"):
        note(make_enrollment(offering, cast.sponsor, "approved"), 0, HERE, cast.staff)
    actions.cancel_offering(offering, by=cast.staff, reason="Snow")
    with pytest.raises(OfferingCancelled):
        note(seat, 0, HERE, cast.staff)
    assert not Attendance.objects.exists()


def test_marking_as_attended_marks_every_day(cast, seat):
    note(seat, 1, AWAY, cast.coach)
    for _ in range(2):
        actions.mark_attended(seat, by=cast.administrator)
    assert (state(seat), marks(seat)) == ("attended", [True] * 3)
    assert set(Attendance.objects.values_list("noted_by__name", flat=True)) == {"Administrator"}


def test_marking_as_attended_waits_for_the_last_day(cast):
    seat = make_enrollment(make_offering(in_days=-1, days=3, zone="UTC"), cast.learner, "enrolled")
    with pytest.raises(NotYet, match="goes on until"):
        actions.mark_attended(seat, by=cast.administrator)


def test_other_days_are_other_attendance(cast, offering, seat):
    actions.mark_attended(seat, by=cast.administrator)
    offering.starts_on -= dt.timedelta(days=1)
    offering.enroll_until = offering.starts_on
    offering.save()
    actions.revise(offering)
    assert state(seat) == "enrolled"
    offering.starts_on += dt.timedelta(days=2)
    offering.save()
    actions.revise(offering)
    assert state(seat) == "attended"


def test_the_account_follows_a_correction(cast, seat):
    today = timezone.localdate(timezone=dt.UTC)
    year = Year(today - dt.timedelta(days=100), today + dt.timedelta(days=200))
    actions.grant_seats(actions.GivenSeats(cast.partner, year, 4, "The charter says so.", "1"), by=cast.staff)

    def balance():
        tasks.tell(seat.pk)
        found = balance_of(cast.partner, today)
        return found and (found.held, found.used, found.left)

    with time_machine.travel(dt.datetime.combine(seat.offering.ends_on, dt.time(9), dt.UTC)):
        assert balance() in {None, (0, 0, 4), (1, 0, 3)}
        actions.mark_attended(seat, by=cast.administrator)
        assert balance() == (0, 1, 3)
        note(seat, 0, AWAY, cast.staff)
        assert balance() == (1, 0, 3)
        note(seat, 0, HERE, cast.staff)
        assert balance() == (0, 1, 3)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        note(seat, 0, AWAY, cast.staff)
        assert balance() == (0, 1, 3)


def test_taking_it_back_reminds_of_nothing_that_is_past(cast, seat):
    actions.mark_attended(seat, by=cast.administrator)
    note(seat, 0, AWAY, cast.staff)
    tasks.tell(seat.pk)
    assert not Obligation.objects.open().exists()
    assert [mail.subject[:19] for mail in Mail.objects.all()] in ([], ["You have a seat in "])


def test_a_door_list_is_owed_from_the_first_day_and_reminded_of_a_day_after_the_end(cast, offering, seat):
    with time_machine.travel(offering.starts_at - dt.timedelta(days=1)):
        schedules.ask_for_door_lists()
        assert not Obligation.objects.exists()
    with time_machine.travel(offering.starts_at, tick=False):
        for _ in range(2):
            schedules.ask_for_door_lists()
        owed = Obligation.objects.open().get()
        assert (owed.person, owed.url, owed.due_at) == (cast.coach, f"/courses/{offering.pk}/door/", offering.ends_at)
        assert owed.next_reminder_at == offering.ends_at + dt.timedelta(days=1)
        note(seat, 0, HERE, cast.coach)
    with time_machine.travel(offering.ends_at + dt.timedelta(days=2), tick=False):
        note(seat, 1, AWAY, cast.coach)
        assert Obligation.objects.open().exists()
        note(seat, 2, HERE, cast.coach)
        assert not Obligation.objects.open().exists()
        schedules.ask_for_door_lists()
        assert not Obligation.objects.open().exists()


def test_after_a_long_outage_it_is_reminded_of_soon(cast, offering, seat):
    with time_machine.travel(offering.ends_at + dt.timedelta(days=5), tick=False):
        schedules.ask_for_door_lists()
        assert Obligation.objects.get().next_reminder_at == timezone.now() + dt.timedelta(minutes=5)


def test_who_teaches_it_no_more_owes_nothing_and_nobody_where_it_is_called_off(cast, offering, seat):
    other = make_person(is_coach=True)
    schedules.ask_for_door_lists()
    offering.instructors.set([other])
    schedules.ask_for_door_lists()
    assert [owed.person for owed in Obligation.objects.open()] == [other]
    actions.cancel_offering(offering, by=cast.staff, reason="Snow")
    assert not Obligation.objects.open().exists()


def test_after_two_weeks_who_taught_owes_it_no_more(cast, offering, seat):
    with time_machine.travel(offering.ends_at + dt.timedelta(days=1, minutes=1)):
        schedules.ask_for_door_lists()
    with time_machine.travel(offering.ends_at + dt.timedelta(days=16)):
        schedules.ask_for_door_lists()
    assert Obligation.objects.get().cancelled_at


def test_walking_in_needs_a_free_seat(cast):
    offering = make_offering(days=1, in_days=0, zone="UTC", capacity=1, daily_until=dt.time(23, 59))
    row = actions.walk_in(offering, person=cast.learner, by=cast.staff)
    assert (state(row), marks(row)) == ("attended", [True])
    with pytest.raises(actions.Refused, match="All 1 seats are taken"):
        actions.walk_in(offering, person=cast.sponsor, by=cast.staff)
    assert Enrollment.objects.get() == row
