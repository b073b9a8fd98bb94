"""Late requests, the code that lets in, and seats given back when nobody can use them."""

import datetime as dt

import pytest
from django.utils import timezone

from courses import actions, tasks
from courses.actions.refusals import AlreadyEnded, EnrollmentClosed
from courses.models import Enrollment
from partners.models import Obligation
from tests.courses.factories import given_back_late, make_enrollment, make_offering
from tests.courses.lateness import CODE, a_late_offering, a_late_request
from tests.courses.test_account import balance, give, reconcile
from tests.courses.test_last_seats import at_once
from tests.courses.test_offering_pages import words
from tests.factories import make_person

State = Enrollment.State
WHY = actions.Plea("The first one fell ill")


@pytest.fixture
def offering(cast):
    return a_late_offering(cast)


@pytest.fixture
def granted(cast):
    give(actions.grant_seats, cast, 4)


def owed():
    rows = Obligation.objects.open().exclude(words__startswith="Kata").order_by("person__name")
    return [(row.person.name, row.verb) for row in rows]


def test_late_the_change_agent_answers_first_then_lei(cast, offering):
    row = actions.ask(offering, by=cast.learner, late=WHY)
    assert (row.state, row.is_late, row.waits_for_lei, owed()) == ("asked", True, False, [("Change Agent", "Answer")])
    for _ in range(2):
        row = actions.approve(row, by=cast.change_agent)
    assert (row.state, row.waits_for_lei, row.passed_on_by) == ("asked", True, cast.change_agent)
    assert ("Staff", "Decide") in owed()
    assert "Change Agent" not in dict(owed())
    row = actions.approve(row, by=cast.staff)
    assert (row.state, row.approved_by, owed()) == ("enrolled", cast.staff, [])


def test_a_change_agents_asking_is_the_partners_yes(cast, offering):
    rows = actions.ask_late(offering, people=[cast.learner, cast.sponsor], by=cast.change_agent, late=WHY)
    assert [row.waits_for_lei for row in rows] == [True, True]
    row = actions.decline(rows[0], by=cast.staff, reason="All places of the exercise are given")
    assert row.state == State.DECLINED


def test_lei_may_decide_before_the_partner_and_the_line_is_the_same(cast):
    offering = a_late_offering(cast, capacity=1)
    make_enrollment(offering, cast.outsider, "enrolled")
    row = actions.approve(actions.ask(offering, by=cast.learner, late=WHY), by=cast.staff)
    assert row.state == State.APPROVED


def test_late_needs_a_reason_or_a_code_and_ends_with_the_first_hour(cast, offering):
    for plea in (None, actions.Plea()):
        with pytest.raises(EnrollmentClosed):
            actions.ask(offering, by=cast.learner, late=plea)
    begun = a_late_offering(cast, in_days=-1, days=4, course=offering.course)
    with pytest.raises(EnrollmentClosed):
        actions.ask(begun, by=cast.learner, late=WHY)
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize("code", [CODE, "late2kata", " LATE 2 KATA ", "late_2-KATA"])
def test_the_code_lets_in_as_in_time(cast, offering, code):
    row = actions.ask(offering, by=cast.learner, late=actions.Plea(code=code))
    assert (row.let_in_by_code, row.is_late) == (True, False)
    assert actions.approve(row, by=cast.change_agent).state == State.ENROLLED
    [own] = actions.ask_late(offering, people=[cast.sponsor], by=cast.change_agent, late=actions.Plea(code=code))
    assert own.state == State.ENROLLED


@pytest.mark.parametrize("code", ["Late 1 Kata", "late2kat", "ｌａｔｅ", "0", "-", "x" * 100])
def test_a_wrong_code_never_loses_a_request(cast, offering, code):
    row = actions.ask(offering, by=cast.learner, late=actions.Plea(code=code))
    assert (row.state, row.is_late) == ("asked", True)
    assert not actions.try_code(row, code)
    assert actions.try_code(row, CODE)
    assert actions.try_code(row, CODE)
    row.refresh_from_db()
    assert (row.state, row.is_late) == ("asked", False)


def test_without_a_code_none_is_right(cast):
    offering = a_late_offering(cast, late_code="")
    row = actions.ask(offering, by=cast.learner, late=actions.Plea("Ill", "-"))
    assert row.is_late
    assert not actions.try_code(row, "")


def test_the_code_after_the_partners_yes_gives_the_seat(cast, offering):
    [row] = actions.ask_late(offering, people=[cast.learner], by=cast.change_agent, late=WHY)
    assert actions.try_code(row, CODE)
    row.refresh_from_db()
    assert (row.state, row.approved_by, owed()) == ("enrolled", cast.change_agent, [])
    with pytest.raises(AlreadyEnded):
        actions.try_code(make_enrollment(offering, cast.sponsor), CODE)


def test_the_page_says_so_in_words(cast, offering, sign_in):
    client, page = sign_in("learner"), offering.get_absolute_url()
    assert client.post(f"{page}ask/", {}).status_code == 409
    assert client.post(f"{page}ask/", {"late_because": "x" * 301}).status_code == 422
    text = words(client.post(f"{page}ask/", {"code": "wrong"}, follow=True))
    assert "The code does not hold" in text
    assert "Your late request is kept." in text
    pk = Enrollment.objects.get().pk
    assert "Nothing is lost" in words(client.post(f"/courses/enrollments/{pk}/code/", {"code": "w"}, follow=True))
    assert "You asked for a seat" in words(client.post(f"/courses/enrollments/{pk}/code/", {"code": CODE}, follow=True))


def test_guessing_is_limited_and_still_loses_nothing(cast, offering, sign_in):
    client = sign_in("learner")
    row = actions.ask(offering, by=cast.learner, late=WHY)
    for _ in range(10):
        client.post(f"/courses/enrollments/{row.pk}/code/", {"code": "wrong"})
    client.post(f"/courses/enrollments/{row.pk}/code/", {"code": CODE})
    row.refresh_from_db()
    assert (row.state, row.is_late) == ("asked", True)
    actions.cancel(row, by=cast.learner, reason="Again")
    client.post(f"{offering.get_absolute_url()}ask/", {"code": CODE})
    assert Enrollment.objects.asked().get().is_late


def test_who_left_the_partner_takes_none_of_its_seats_by_the_code(cast, offering, sign_in):
    row = actions.approve(actions.ask(offering, by=cast.learner, late=WHY), by=cast.change_agent)
    client = sign_in("learner")
    cast.learner.assignments.update(ended_on=timezone.localdate() - dt.timedelta(days=2))
    assert client.post(f"/courses/enrollments/{row.pk}/code/", {"code": CODE}).status_code == 404
    row.refresh_from_db()
    assert row.state == State.ASKED


def test_a_change_agent_asks_late_on_the_page(cast, offering, sign_in):
    client, page = sign_in("change_agent"), offering.get_absolute_url()
    assert "What you ask now is late" in words(client.get(page))
    sent = {"who": [cast.learner.pk, cast.sponsor.pk], "late_because": "Two of us changed shifts", "code": "old"}
    text = words(client.post(f"{page}enroll/", sent, follow=True))
    assert "2 late requests wait for LEI" in text
    assert "waits for LEI" in text
    assert "Approve Learner" not in text
    assert client.get("/courses/to-approve/").context["page"].rows == []
    assert len(sign_in("staff").get("/courses/to-approve/?show=late").context["page"].rows) == 2


def test_too_late_counts_as_used_until_it_is_waived(cast, granted, offering):
    row = given_back_late(offering, cast.learner)
    tasks.tell(row.pk)
    assert (row.given_back_late, balance(cast)) == (True, (4, 0, 1, 3))
    reconcile()
    for _ in range(2):
        row = actions.waive(row, by=cast.staff, reason="A flood")
        tasks.tell(row.pk)
    assert balance(cast) == (4, 0, 0, 4)
    reconcile()


def test_who_comes_back_counts_once(cast, granted, offering, sign_in):
    first = given_back_late(offering, cast.learner)
    tasks.tell(first.pk)
    second = actions.enroll(offering, person=cast.learner, by=cast.staff)
    tasks.tell(second.pk)
    assert balance(cast) == (4, 1, 0, 3)
    reconcile()
    assert "counts once" in words(sign_in("change_agent").get(offering.get_absolute_url()))
    second = actions.cancel(second, by=cast.learner, reason="Ill again")
    tasks.tell(second.pk)
    assert (second.given_back_late, balance(cast)) == (True, (4, 0, 1, 3))
    reconcile()
    actions.waive(second, by=cast.staff, reason="A flood")  # the first was not
    tasks.tell(second.pk)
    assert balance(cast) == (4, 0, 1, 3)
    reconcile()
    actions.waive(first, by=cast.staff, reason="A flood")
    tasks.tell(first.pk)
    assert balance(cast) == (4, 0, 0, 4)
    reconcile()


def test_in_time_moved_substituted_or_called_off_does_not_count(cast, granted, offering):
    far = make_offering(in_days=15)
    seats = [actions.enroll(far, person=cast.learner, by=cast.staff)]
    seats[0] = actions.cancel(seats[0], by=cast.learner, reason="In time")
    rows = [actions.enroll(offering, person=one, by=cast.staff) for one in (cast.learner, cast.sponsor)]
    actions.move(rows[0], to=far, by=cast.staff, reason="Other shift")
    actions.substitute(rows[1], person=make_person(site=cast.site), by=cast.change_agent)
    assert not Enrollment.objects.filter(given_back_late=True).exists()
    late = given_back_late(offering, cast.change_agent)
    actions.cancel_offering(offering, by=cast.staff, reason="The hall is closed")
    tasks.tell_many([late.pk, *Enrollment.objects.values_list("pk", flat=True)])
    assert balance(cast) == (4, 1, 0, 3)  # the one that was moved
    with pytest.raises(AlreadyEnded):
        actions.waive(seats[0], by=cast.staff, reason="No")


def test_the_rule_is_the_courses_unless_the_offering_has_its_own(cast, offering):
    assert offering.starts_on - offering.free_until == dt.timedelta(days=14)
    offering.give_back_days = 0
    assert not offering.is_late_to_give_back(offering.starts_at)
    assert offering.is_late_to_give_back(offering.starts_at + dt.timedelta(days=1))


def test_who_cancels_is_warned_before(cast, offering, sign_in):
    row = make_enrollment(offering, cast.learner, "enrolled")
    client, page = sign_in("learner"), f"/courses/enrollments/{row.pk}/cancel/"
    assert "The seat counts as used for" in words(client.get(page))
    answer = client.post(page, {"reason": "A rush order"})  # sent from a page that was opened in time
    assert (answer.status_code, "Read what it costs" in words(answer)) == (422, True)
    assert 'name="warned" value="True"' in words(answer)
    assert client.post(page, {"reason": "A rush order", "warned": "True"}).status_code == 302
    assert "counts as used" in words(client.get("/courses/mine/"))
    agent = words(sign_in("change_agent").get(offering.get_absolute_url()))
    assert "Given back too late" in agent
    assert "/waive/" not in agent


def test_staff_waive_with_a_reason(cast, sign_in):
    offering = a_late_request(cast)
    row = Enrollment.objects.get(given_back_late=True)
    client, page = sign_in("staff"), f"/courses/enrollments/{row.pk}/waive/"
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "A flood"}).status_code == 302
    assert "does not count: A flood" in words(sign_in("change_agent").get(offering.get_absolute_url()))


def test_the_admin_finds_and_decides(cast, sign_in):
    a_late_request(cast)
    client = sign_in("administrator")
    for late, number in {"requests": 1, "lei": 1, "partner": 0, "back": 1, "counts": 1}.items():
        answer = client.get("/admin/courses/enrollment/", {"late": late})
        assert answer.context["cl"].result_count == number, late
    row = Enrollment.objects.late().get()
    client.post("/admin/courses/enrollment/", {"action": "approve", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.approved_by) == ("enrolled", cast.administrator)


def test_what_one_answers(cast):
    a_late_request(cast)
    asked = {user: Enrollment.objects.to_be_answered_by(cast[user]).count() for user in ("change_agent", "staff")}
    assert asked == {"change_agent": 0, "staff": 1}
    waivable = {
        user: Enrollment.objects.steerable_by(cast[user]).count() for user in ("change_agent", "coach", "staff")
    }
    assert waivable == {"change_agent": 0, "coach": 0, "staff": 1}


@pytest.mark.django_db(transaction=True)
def test_the_code_and_leis_yes_at_the_same_moment_give_one_seat(transactional_db, cast):
    offering = a_late_offering(cast, capacity=3)
    rows = actions.ask_late(offering, people=[cast.learner, cast.sponsor], by=cast.change_agent, late=WHY)
    deeds = [(is_lei, row) for row in rows for is_lei in (True, False)]
    at_once(lambda deed: actions.approve(deed[1], by=cast.staff) if deed[0] else actions.try_code(deed[1], CODE), deeds)
    offering.refresh_from_db()
    assert (offering.seats_taken, Enrollment.objects.seated().count()) == (2, 2)
    assert timezone.now() < offering.starts_at
