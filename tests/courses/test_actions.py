"""Asking, approving, waiting, cancelling: what is written, who is told, and that doing it twice does it once."""

import datetime as dt

import pytest
from django.utils import timezone

from courses import actions, mails
from courses.actions.refusals import (
    AlreadyAsked,
    AlreadyEnded,
    EnrollmentClosed,
    NoSeat,
    NotForThisPartner,
    NotYet,
    OfferingCancelled,
    OfferingOver,
    WithoutPartner,
)
from courses.models import Enrollment, Offering
from partners.models import Mail, Obligation
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

State = Enrollment.State
DAYS = "Tue 14 to Thu 16 Jan 2031"


def state(enrollment):
    return Enrollment.objects.get(pk=enrollment.pk).state


def tell():
    """What the worker does soon after."""
    for pk in Enrollment.objects.untold().values_list("pk", flat=True):
        mails.tell(pk)


def owed(person):
    tell()
    return list(Obligation.objects.open().filter(person=person).values_list("words", flat=True))


def told(person):
    tell()
    return list(Mail.objects.filter(person=person).order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def offering(cast):
    return make_offering(
        make_course("Managing with A3s"),
        starts_on=dt.date(2031, 1, 14),
        ends_on=dt.date(2031, 1, 16),
        enroll_until=dt.date(2031, 1, 5),
    )


def test_asking_waits_for_the_change_agent(cast, offering):
    enrollment = actions.ask(offering, by=cast.learner)
    assert (enrollment.state, enrollment.partner) == (State.ASKED, cast.partner)
    assert owed(cast.change_agent) == ["Approve Learner for Managing with A3s"]
    assert (owed(cast.outsider), told(cast.learner)) == ([], [])


def test_asking_twice_is_refused_and_writes_nothing(cast, offering):
    actions.ask(offering, by=cast.learner)
    with pytest.raises(AlreadyAsked, match="You have asked already"):
        actions.ask(offering, by=cast.learner)
    assert Enrollment.objects.count() == 1


def test_a_change_agent_needs_nobodys_approval(cast, offering):
    assert actions.ask(offering, by=cast.change_agent).state == State.ENROLLED
    assert owed(cast.change_agent) == [f"Managing with A3s on {DAYS}"]


def test_approving_gives_a_free_seat_tells_and_reminds(cast, offering):
    enrollment = actions.approve(actions.ask(offering, by=cast.learner), by=cast.change_agent)
    assert enrollment.state == State.ENROLLED
    assert Offering.objects.get().seats_taken == 1
    assert owed(cast.change_agent) == []
    assert told(cast.learner) == [f"You have a seat in Managing with A3s, {DAYS}"]
    soon = Obligation.objects.get(person=cast.learner)
    assert soon.reminders_at == [offering.starts_at - dt.timedelta(days=7)]


def test_approving_again_changes_nothing(cast, offering):
    asked = actions.ask(offering, by=cast.learner)
    first = actions.approve(asked, by=cast.change_agent)
    again = actions.approve(asked, by=cast.staff)
    assert (again.approved_by, again.approved_at) == (cast.change_agent, first.approved_at)
    assert (len(told(cast.learner)), Offering.objects.get().seats_taken) == (1, 1)


def test_a_full_offering_makes_people_wait_in_the_order_of_approval(cast):
    offering = make_offering(capacity=1)
    holder = actions.enroll(offering, person=cast.sponsor, by=cast.change_agent)
    late, early = (actions.ask(offering, by=person) for person in (cast.learner, make_person(site=cast.site)))
    early = actions.approve(early, by=cast.change_agent)
    late = actions.approve(late, by=cast.change_agent)
    assert (state(holder), state(early), state(late)) == ("enrolled", "approved", "approved")
    assert told(cast.learner)[0].startswith("You wait for a seat")
    actions.cancel(holder, by=cast.change_agent, reason="Ill")
    assert (state(early), state(late), Offering.objects.get().seats_taken) == ("offered", "approved", 1)


def test_cancelling_one_who_waits_moves_nobody(cast):
    offering = make_offering(capacity=1)
    actions.enroll(offering, person=cast.sponsor, by=cast.staff)
    first = actions.enroll(offering, person=cast.learner, by=cast.staff)
    second = actions.enroll(offering, person=cast.change_agent, by=cast.staff)
    actions.cancel(first, by=cast.learner, reason="No time")
    assert (state(first), state(second)) == ("cancelled", "approved")


def test_cancelling_calls_off_what_was_owed_and_tells_once(cast, offering):
    enrollment = actions.enroll(offering, person=cast.learner, by=cast.staff)
    assert owed(cast.learner) == [f"Managing with A3s on {DAYS}"]
    for _ in range(2):
        actions.cancel(enrollment, by=cast.learner, reason="No time")
    assert owed(cast.learner) == []
    assert told(cast.learner)[1:] == [f"Cancelled: Managing with A3s, {DAYS}"]
    assert "No time" in Mail.objects.latest("pk").text


def test_who_cancelled_may_ask_again(cast, offering):
    actions.cancel(actions.ask(offering, by=cast.learner), by=cast.learner, reason="Not now")
    assert actions.ask(offering, by=cast.learner).state == State.ASKED


def test_declining_tells_why_and_settles(cast, offering):
    enrollment = actions.ask(offering, by=cast.learner)
    for _ in range(2):
        actions.decline(enrollment, by=cast.change_agent, reason="The ward is short in January")
    assert (state(enrollment), owed(cast.change_agent)) == ("declined", [])
    assert [mail.text.count("The ward is short") for mail in Mail.objects.all()] == [1]
    with pytest.raises(AlreadyEnded):
        actions.approve(enrollment, by=cast.change_agent)
    with pytest.raises(AlreadyEnded):
        actions.cancel(enrollment, by=cast.learner, reason="")


def test_what_was_approved_is_not_declined(cast, offering):
    enrollment = actions.approve(actions.ask(offering, by=cast.learner), by=cast.change_agent)
    with pytest.raises(AlreadyEnded, match="answered already"):
        actions.decline(enrollment, by=cast.change_agent, reason="Too late")


def test_attendance_needs_a_seat_and_a_begun_offering(cast):
    begun, later = make_offering(in_days=-1), make_offering()
    seated = make_enrollment(begun, cast.learner, "enrolled")
    for _ in range(2):
        actions.mark_attended(seated, by=cast.administrator)
    assert (state(seated), Offering.objects.get(pk=begun.pk).seats_taken) == ("attended", 1)
    with pytest.raises(NoSeat):
        actions.mark_attended(make_enrollment(begun, cast.sponsor, "approved"), by=cast.administrator)
    with pytest.raises(NotYet):
        actions.mark_attended(make_enrollment(later, cast.learner, "enrolled"), by=cast.administrator)
    with pytest.raises(AlreadyEnded):
        actions.cancel(seated, by=cast.staff, reason="")


def test_closed_over_cancelled_and_reserved_offerings_refuse(cast):
    yesterday = timezone.now() - dt.timedelta(days=2)
    closed = make_offering(enroll_until=yesterday.date())
    over, reserved = make_offering(in_days=-5), make_offering(partner=cast.elsewhere)
    cancelled = make_offering()
    actions.cancel_offering(cancelled, by=cast.staff, reason="Too few")
    refusals = {closed: EnrollmentClosed, over: OfferingOver, reserved: NotForThisPartner, cancelled: OfferingCancelled}
    for offering, refusal in refusals.items():
        with pytest.raises(refusal):
            actions.ask(offering, by=cast.learner)
    assert not Enrollment.objects.exists()
    assert actions.enroll(closed, person=cast.learner, by=cast.staff).has_seat  # LEI's staff may


def test_people_of_lei_are_enrolled_by_staff_only(cast, offering):
    with pytest.raises(WithoutPartner):
        actions.ask(offering, by=cast.coach)
    with pytest.raises(WithoutPartner):
        actions.enroll(offering, person=cast.coach, by=cast.change_agent)
    assert actions.enroll(offering, person=cast.coach, by=cast.staff).partner is None


def test_enrolling_several_is_all_or_none(cast):
    offering = make_offering(partner=cast.partner)
    with pytest.raises(NotForThisPartner):
        actions.enroll_all(offering, people=[cast.learner, cast.outsider], by=cast.staff)
    assert not Enrollment.objects.exists()
    found = actions.enroll_all(offering, people=[cast.learner, cast.sponsor], by=cast.change_agent)
    assert [enrollment.state for enrollment in found] == ["enrolled", "enrolled"]


def test_a_cancelled_offering_tells_everyone_and_moves_nobody_up(cast):
    offering = make_offering(capacity=1)
    for person in (cast.learner, cast.sponsor):
        actions.enroll(offering, person=person, by=cast.staff)
    actions.ask(offering, by=make_person(site=cast.site))
    assert [actions.cancel_offering(offering, by=cast.staff, reason="Snow") for _ in range(2)] == [3, 0]
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Offering.objects.get().seats_taken == 0
    assert (owed(cast.change_agent), owed(cast.learner)) == ([], [])


def test_more_seats_go_to_those_who_wait_and_new_dates_move_the_reminder(cast, offering):
    Offering.objects.update(capacity=1)
    for person in (cast.learner, cast.sponsor, cast.change_agent):
        actions.enroll(offering, person=person, by=cast.staff)
    Offering.objects.update(capacity=2, starts_on=dt.date(2031, 1, 15))
    actions.revise(offering)
    assert list(Enrollment.objects.order_by("pk").values_list("state", flat=True)) == [
        "enrolled",
        "offered",
        "approved",
    ]
    assert owed(cast.learner) == ["Managing with A3s on Wed 15 to Thu 16 Jan 2031"]


def test_nobody_moves_up_once_it_has_begun(cast):
    offering = make_offering(in_days=-1, days=5, capacity=1)
    holder = make_enrollment(offering, cast.learner, "enrolled")
    waiting = make_enrollment(offering, cast.sponsor, "approved")
    actions.cancel(holder, by=cast.staff, reason="Ill")
    assert state(waiting) == "approved"
