"""The catalogue by month, one offering, and what its buttons answer."""

import datetime as dt

import pytest

from courses.models import Enrollment
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

State = Enrollment.State


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def offering(cast):
    return make_offering(make_course("Managing with A3s", before="Walk it once: end to end\nBring numbers"), capacity=2)


def test_the_list_shows_what_one_may_see_by_month(cast, sign_in):
    shown = make_offering(starts_on=dt.date(2031, 1, 14), ends_on=dt.date(2031, 1, 16))
    hidden = make_offering(make_course("Secret course"), partner=cast.elsewhere)
    over = make_offering(in_days=-9)
    answer = sign_in("learner").get("/courses/")
    listed = [row.offering for month in answer.context["months"] for row in month.rows]
    assert listed == [shown]
    assert hidden.course.name not in words(answer)
    assert over.course.name not in words(answer)


def test_filters_are_links(cast, sign_in):
    online, here = make_offering(link="https://meet.example.com/1"), make_offering()
    make_enrollment(here, cast.learner)
    client = sign_in("learner")
    found = {show: client.get("/courses/", {"show": show}).context["page"].rows for show in ("online", "mine")}
    assert found == {"online": [online], "mine": [here]}


def test_the_list_costs_the_same_for_one_and_four_rows(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("learner")
    for offerings in (1, 3):
        for number in range(offerings):
            row = make_offering(site=cast.site, in_days=30 + offerings + number)
            row.instructors.add(cast.coach)
            make_enrollment(row, cast.learner)
        with django_assert_max_num_queries(6):
            client.get("/courses/")
        with django_assert_max_num_queries(6):
            client.get("/courses/mine/")


def test_the_approvals_cost_the_same_for_one_and_four_rows(cast, sign_in, offering, django_assert_max_num_queries):
    client = sign_in("change_agent")
    for people in (1, 3):
        for _ in range(people):
            make_enrollment(offering, make_person(site=cast.site))
        with django_assert_max_num_queries(6):
            client.get("/courses/to-approve/")


def test_the_page_of_one_offering_costs_the_same_for_one_and_four_people(
    cast, sign_in, offering, django_assert_max_num_queries
):
    for people in (1, 3):
        for _ in range(people):
            make_enrollment(offering, make_person(site=cast.site))
        for name, most in {"learner": 6, "change_agent": 9}.items():
            client = sign_in(name)
            with django_assert_max_num_queries(most):
                client.get(offering.get_absolute_url())


def test_times_are_given_at_the_place_and_for_the_reader(cast, sign_in):
    cast.learner.zone = "Asia/Kolkata"
    cast.learner.save()
    make_offering(starts_on=dt.date(2031, 1, 14), ends_on=dt.date(2031, 1, 14), daily_from=dt.time(10))
    assert "10:00 to 16:30 EST, <span>20:30 to 03:00 Wed for you</span>" in words(sign_in("learner").get("/courses/"))


def test_a_learner_asks_and_sees_it(cast, sign_in, offering):
    client = sign_in("learner")
    page = client.get(offering.get_absolute_url())
    assert "Walk it once" in words(page)
    answer = client.post(f"/courses/{offering.pk}/ask/", follow=True)
    assert "You asked for a seat" in words(answer)
    again = client.post(f"/courses/{offering.pk}/ask/")
    assert (again.status_code, Enrollment.objects.count()) == (409, 1)
    assert "You have asked already." in words(again)


def test_a_closed_and_a_cancelled_offering_say_so(cast, sign_in):
    closed = make_offering(enroll_until=dt.date(2026, 1, 1))
    client = sign_in("learner")
    assert "You can still ask late." in words(client.get(closed.get_absolute_url()))
    begun = make_offering(in_days=-1, days=4)
    assert "Enrollment is closed." in words(client.get(begun.get_absolute_url()))
    refused = client.post(f"/courses/{closed.pk}/ask/")
    assert (refused.status_code, "Enrollment closed on Thu 1 Jan." in words(refused)) == (409, True)


def test_a_change_agent_enrolls_co_workers_found_by_name(cast, sign_in, offering):
    priti = make_person("Priti Anand", site=cast.site)
    client = sign_in("change_agent")
    people = f"/courses/{offering.pk}/people/"
    found = client.get(people, {"find": "prit", "who": cast.learner.pk}).context["people"]
    assert [(one.person, one.is_chosen) for one in found] == [(cast.learner, True), (priti, False)]
    outsiders = client.get(people, {"find": "outsider", "who": cast.outsider.pk}).context["people"]
    assert outsiders == []
    three = [priti.pk, cast.learner.pk, cast.sponsor.pk]
    answer = client.post(f"/courses/{offering.pk}/enroll/", {"who": three}, follow=True)
    assert "Enrolled: 2. Waiting for a seat: 1." in words(answer)


@pytest.mark.parametrize("who", [[], ["x"], ["999999999"], ["outsider"]])
def test_nobody_else_can_be_enrolled(cast, sign_in, offering, who):
    who = [cast.outsider.pk] if who == ["outsider"] else who
    answer = sign_in("change_agent").post(f"/courses/{offering.pk}/enroll/", {"who": who})
    assert (answer.status_code, Enrollment.objects.count()) == (422, 0)


def test_cancelling_asks_for_a_reason(cast, sign_in, offering):
    row = make_enrollment(offering, cast.learner, "enrolled")
    client, cancel = sign_in("learner"), f"/courses/enrollments/{row.pk}/cancel/"
    assert client.post(cancel, {"reason": " "}).status_code == 422
    assert client.post(cancel, {"reason": "x" * 301}).status_code == 422
    assert client.post(cancel, {"reason": "Moved to nights"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason, row.cancelled_by) == (State.CANCELLED, "Moved to nights", cast.learner)


def test_approving_from_the_list_goes_back_to_it(cast, sign_in, offering):
    row = make_enrollment(offering, cast.learner)
    client = sign_in("change_agent")
    answer = client.post(f"/courses/enrollments/{row.pk}/approve/", {"from": "approvals"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/courses/to-approve/"
    assert "Learner has a seat in Managing with A3s." in words(answer)


def test_htmx_gets_the_panel_alone(cast, sign_in, offering):
    panel = sign_in("learner").get(offering.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<article" in words(panel)
    assert "<html" not in words(panel)


def test_the_link_is_for_those_who_have_a_seat(cast, sign_in):
    offering = make_offering(link="https://meet.example.com/1")
    client = sign_in("learner")
    assert offering.link not in words(client.get(offering.get_absolute_url()))
    make_enrollment(offering, cast.learner, "enrolled")
    assert offering.link in words(client.get(offering.get_absolute_url()))
