"""The waiting list: offers that are taken, turned down or lapse; groups; one put first; seats held for a partner."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from courses import actions, mails, schedules
from courses.actions.refusals import AlreadyAsked, AlreadyEnded, NoSeat, NotWaiting, OfferLapsed, TooMany
from courses.models import Enrollment, Group, Hold, Offering
from partners.models import Mail, Obligation
from tests.courses.factories import hold_for, make_course, make_enrollment, make_offering
from tests.factories import make_person

HOURS = dt.timedelta(hours=1)


def states(*rows):
    found = dict(Enrollment.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def tell():
    for pk in Enrollment.objects.untold().order_by("pk").values_list("pk", flat=True):
        mails.tell(pk)


@pytest.fixture
def line(cast):
    """One seat, which the sponsor has; the learner waits, then two more."""
    offering = make_offering(make_course("Managing with A3s"), capacity=1)
    people = [cast.sponsor, cast.learner, make_person(site=cast.site), make_person(site=cast.site)]
    return [actions.enroll(offering, person=person, by=cast.change_agent) for person in people]


def test_a_freed_seat_is_offered_to_the_first_and_held(cast, line):
    holder, first, second, third = line
    before = timezone.now()
    actions.cancel(holder, by=cast.sponsor, reason="Ill")
    assert states(first, second, third) == ["offered", "approved", "approved"]
    row = Enrollment.objects.get(pk=first.pk)
    until = row.offered_until or before
    assert before + 48 * HOURS <= until <= timezone.now() + 48 * HOURS
    assert Offering.objects.get().seats_taken == 1
    tell()
    owed = Obligation.objects.open().get(person=cast.learner)
    assert (owed.words[:19], owed.due_at) == ("Take your seat in M", row.offered_until)
    assert (
        Mail.objects.filter(person=cast.learner).latest("pk").subject.startswith("A seat is free for you in Managing")
    )


def test_taking_it_settles_and_reminds_of_the_days(cast, line):
    holder, first, *_ = line
    actions.cancel(holder, by=cast.sponsor, reason="Ill")
    tell()
    for _ in range(2):
        assert actions.accept(first).has_seat
    tell()
    assert [owed.key.split(":")[-1] for owed in Obligation.objects.open().filter(person=cast.learner)] == ["soon"]
    assert Mail.objects.filter(person=cast.learner).latest("pk").subject.startswith("You have a seat")


def test_turning_it_down_offers_it_to_the_next(cast, line):
    holder, first, second, _ = line
    actions.cancel(holder, by=cast.sponsor, reason="Ill")
    for _ in range(2):
        actions.turn_down(first, by=cast.learner)
    assert states(first, second) == ["cancelled", "offered"]
    with pytest.raises(NoSeat, match="No seat is offered"):
        actions.turn_down(line[3], by=cast.staff)


def test_an_offer_lapses_by_the_clock_and_goes_on_down_the_line(cast, line):
    holder, first, second, third = line
    actions.cancel(holder, by=cast.sponsor, reason="Ill")
    tell()
    with time_machine.travel(timezone.now() + 47 * HOURS):
        schedules.end_offers()
        assert states(first, second) == ["offered", "approved"]
    with time_machine.travel(timezone.now() + 49 * HOURS):
        with pytest.raises(OfferLapsed, match="went to the next"):
            actions.accept(first)
        for _ in range(2):
            schedules.end_offers()
        assert states(first, second, third) == ["lapsed", "offered", "approved"]
        with pytest.raises(OfferLapsed):
            actions.accept(first)
        tell()
        assert not Obligation.objects.open().filter(person=cast.learner).exists()
        assert Mail.objects.filter(person=cast.learner).latest("pk").subject.startswith("The offer has run out")
        assert actions.ask(Offering.objects.get(), by=cast.learner).is_asked


def test_close_to_the_first_day_there_is_less_time_to_answer(cast, line):
    holder, first, *_ = line
    with time_machine.travel(Offering.objects.get().starts_at - 6 * HOURS, tick=False):
        actions.cancel(holder, by=cast.staff, reason="Ill")
        assert Enrollment.objects.get(pk=first.pk).offered_until == timezone.now() + 3 * HOURS


def test_who_waits_sees_the_place_in_the_line(sign_in, line):
    page = sign_in("learner").get(f"/courses/{line[0].offering_id}/")
    assert page.context["place"] == 1
    assert "number 1 in the line" in " ".join(page.text.split())


def test_the_offer_is_answered_on_the_page(cast, sign_in, line):
    holder, first, second, _ = line
    actions.cancel(holder, by=cast.staff, reason="Ill")
    client = sign_in("learner")
    assert "A seat is free for you." in client.get(f"/courses/{holder.offering_id}/").text
    client.post(f"/courses/enrollments/{first.pk}/turn-down/")
    assert states(first, second) == ["cancelled", "offered"]
    answer = sign_in("change_agent").post(f"/courses/enrollments/{second.pk}/accept/", follow=True)
    assert "has a seat in Managing with A3s" in answer.text
    assert client.post(f"/courses/enrollments/{first.pk}/accept/").status_code == 409


# --- put first


def test_one_is_put_first_with_a_reason_once(cast, line):
    *_, third = line
    for reason in ("The plant starts in March", "Again"):
        actions.put_first(third, by=cast.staff, reason=reason)
    row = Enrollment.objects.get(pk=third.pk)
    assert (row.place_in_line, row.moved_up_because) == (1, "The plant starts in March")
    actions.cancel(line[0], by=cast.staff, reason="Ill")
    assert states(*line) == ["cancelled", "approved", "approved", "offered"]
    with pytest.raises(NotWaiting):
        actions.put_first(third, by=cast.staff, reason="Once more")


# --- groups


@pytest.fixture
def pair(cast):
    return [make_person("Ana", site=cast.site), make_person("Ben", site=cast.site)]


def test_a_group_gets_its_seats_at_once_or_waits(cast, pair):
    offering = make_offering(capacity=3)
    rows = actions.enroll_all(offering, people=pair, by=cast.change_agent, together=True)
    assert states(*rows) == ["enrolled", "enrolled"]
    others = [make_person(site=cast.site), make_person(site=cast.site)]
    late = actions.enroll_all(offering, people=others, by=cast.change_agent, together=True)
    assert states(*late) == ["approved", "approved"]


def test_a_seat_too_few_for_a_group_goes_to_the_next_who_waits_alone(cast, line, pair):
    offering = line[0].offering
    group = actions.enroll_all(offering, people=pair, by=cast.change_agent, together=True)
    actions.put_first(group[0], by=cast.staff, reason="They start a line together")
    actions.put_first(group[1], by=cast.staff, reason="They start a line together")
    actions.cancel(line[0], by=cast.staff, reason="Ill")
    assert states(*group, line[1]) == ["approved", "approved", "offered"]
    Offering.objects.update(capacity=3)
    actions.revise(offering)
    assert states(*group, line[2]) == ["offered", "offered", "approved"]


def test_a_group_is_split_by_consent(cast, sign_in, pair):
    offering = make_offering(capacity=1)
    rows = actions.enroll_all(offering, people=pair, by=cast.change_agent, together=True)
    assert states(*rows) == ["approved", "approved"]
    page = sign_in("change_agent").get(f"/courses/{offering.pk}/")
    assert "Ana and Ben go together" in " ".join(page.text.split())
    address = f"/courses/groups/{rows[0].group_id}/split/"
    assert sign_in("learner").post(address).status_code == 404
    sign_in("change_agent").post(address)
    assert states(*rows) == ["offered", "approved"]
    seated = actions.enroll_all(make_offering(), people=pair, by=cast.change_agent, together=True)
    group = Group.objects.get(enrollments=seated[0])
    with pytest.raises(AlreadyEnded, match="nothing to split"):
        actions.split(group, by=cast.staff)


def test_a_group_has_nobody_who_is_on_the_list_already(cast, pair):
    offering = make_offering(capacity=1)
    actions.enroll(offering, person=pair[0], by=cast.staff)
    with pytest.raises(AlreadyAsked, match="Ana is on the list already"):
        actions.enroll_all(offering, people=pair, by=cast.change_agent, together=True)
    assert Enrollment.objects.count() == 1


# --- seats held for a partner


def test_held_seats_are_for_that_partner_alone(cast):
    offering = make_offering(capacity=2)
    hold_for(offering, cast.elsewhere, 1, by=cast.staff)
    people = [make_person(site=cast.site), cast.learner, cast.outsider]
    rows = [actions.enroll(offering, person=person, by=cast.staff) for person in people]
    assert states(*rows) == ["enrolled", "approved", "enrolled"]


def test_more_than_is_left_cannot_be_held(cast):
    offering = make_offering(capacity=2)
    actions.enroll(offering, person=cast.learner, by=cast.staff)
    with pytest.raises(TooMany, match="Only 1 can be held for"):
        hold_for(offering, cast.elsewhere, 2, by=cast.staff)
    assert not Hold.objects.exists()
    hold_for(offering, cast.partner, 2, by=cast.staff)  # the learner's seat counts in it


def test_a_hold_asks_the_change_agent_warns_and_is_let_go(cast):
    offering = make_offering(make_course("Managing with A3s"), capacity=2)
    actions.enroll(offering, person=cast.learner, by=cast.staff)
    hold = hold_for(offering, cast.partner, 2, by=cast.staff)
    owed = Obligation.objects.open().get(person=cast.change_agent, key__startswith="hold:")
    assert owed.words == "Name who takes 1 seat held in Managing with A3s"
    end = dt.datetime.combine(offering.starts_on, dt.time(), offering.tzinfo)
    assert owed.due_at == end
    assert [(end - at).days for at in owed.reminders_at] == [7, 1]
    with time_machine.travel(end - HOURS):
        schedules.end_offers()
        assert Hold.objects.standing().exists()
    with time_machine.travel(end + HOURS):
        for _ in range(2):
            schedules.end_offers()
    hold.refresh_from_db()
    assert hold.released_at
    assert not Offering.objects.get().has_holds
    assert not Obligation.objects.open().filter(key__startswith="hold:").exists()


def test_using_the_last_held_seat_settles_what_was_owed(cast):
    offering = make_offering(capacity=3)
    hold_for(offering, cast.partner, 1, by=cast.staff)
    row = actions.enroll(offering, person=cast.learner, by=cast.change_agent)
    open_ones = Obligation.objects.open().filter(key__startswith="hold:")
    assert not open_ones.exists()
    actions.cancel(row, by=cast.learner, reason="Ill")
    assert open_ones.count() == 1


def test_letting_go_offers_the_seats_to_those_who_wait(cast, sign_in):
    offering = make_offering(capacity=1)
    hold = hold_for(offering, cast.elsewhere, 1, by=cast.staff)
    row = actions.enroll(offering, person=cast.learner, by=cast.change_agent)
    assert states(row) == ["approved"]
    for _ in range(2):
        actions.let_go(hold)
    assert states(row) == ["offered"]
    assert make_enrollment(offering, cast.sponsor).is_asked
