"""The door list: for who teaches and LEI's staff, tapped with or without scripts, the same for one row and for many."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from courses import actions
from courses.models import Attendance, Enrollment
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

DAY = dt.date(2031, 3, 4)


@pytest.fixture
def noon():
    """The first of three days, at the place."""
    with time_machine.travel(dt.datetime(2031, 3, 4, 17, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def offering(cast, noon):
    days: dict[str, Any] = {"starts_on": DAY, "ends_on": DAY + dt.timedelta(days=2), "enroll_until": DAY}
    row = make_offering(make_course("Managing with A3s"), capacity=14, **days)
    row.instructors.add(cast.coach)
    for name in ("learner", "sponsor", "outsider"):
        make_enrollment(row, cast[name], "enrolled")
    return row


def seat_of(offering, person):
    return offering.enrollments.get(person=person)


def url(offering, more=""):
    return f"/courses/{offering.pk}/door/{more}"


def tap(client, offering, seat, present="1", *, uid=None, day=DAY, **more):
    said = {"enrollment": seat.pk, "day": day.isoformat(), "present": present} | more
    headers = {"X-Autosave": "1"} if uid else {}
    return client.post(url(offering, f"marks/{uid or uuid.uuid4()}/"), said, headers=headers)


def test_it_shows_who_has_a_seat_and_today_first(cast, sign_in, offering):
    make_enrollment(offering, make_person(site=cast.site), "approved")
    page = sign_in("coach").get(url(offering))
    assert [row.enrollment.person.name for row in page.context["rows"]] == ["Learner", "Outsider", "Sponsor"]
    assert page.context["day"] == DAY
    assert "0 of 3" in page.text
    assert "3 not marked" in page.text
    with time_machine.travel(dt.datetime(2031, 3, 6, 4, tzinfo=dt.UTC)):  # still the 5th at the place
        assert sign_in("coach").get(url(offering)).context["day"] == dt.date(2031, 3, 5)
    with time_machine.travel(dt.datetime(2031, 3, 9, tzinfo=dt.UTC)):
        assert sign_in("coach").get(url(offering)).context["day"] == dt.date(2031, 3, 6)


def test_a_browser_keeps_it(sign_in, offering):
    answer = sign_in("coach").get(url(offering))
    assert (answer["X-Keep"], answer["X-Person"] != "") == ("yes", True)


def test_a_tap_without_scripts(cast, sign_in, offering, noon):
    client, seat = sign_in("coach"), seat_of(offering, cast.learner)
    answer = tap(client, offering, seat)
    assert answer.headers["Location"] == f"{url(offering)}?day=2031-03-04#seat-{seat.pk}"
    page = client.get(url(offering))
    assert "1 of 3" in page.text
    noon.shift(1)
    tap(client, offering, seat, "0")
    assert Attendance.objects.get().present is False
    refused = tap(client, offering, seat, day=DAY + dt.timedelta(days=1))
    assert "has not begun yet at the place" in client.get(refused.headers["Location"]).text


def test_a_tap_from_a_phone_says_how_it_stands_and_comes_twice(cast, sign_in, offering):
    client, seat, uid = sign_in("coach"), seat_of(offering, cast.learner), uuid.uuid4()
    for _ in range(2):
        answer = tap(client, offering, seat, uid=uid)
        assert (answer.status_code, answer.json()) == (200, {"revision": 0, "present": True})
    later = tap(client, offering, seat, day=DAY + dt.timedelta(days=1), uid=uuid.uuid4())
    assert (later.status_code, later.text) == (422, "Wed 5 Mar has not begun yet at the place.")
    assert tap(client, offering, seat, "maybe", uid=uuid.uuid4()).status_code == 422


def test_the_clock_of_a_phone_may_be_wrong(cast, sign_in, offering):
    """It says how long ago; a phone that is a year behind is as good as another."""
    client, seat, year = sign_in("coach"), seat_of(offering, cast.learner), 365 * 24 * 3600_000
    sent = int(timezone.now().timestamp() * 1000)
    tap(client, offering, seat, "1", uid=uuid.uuid4(), tapped=sent - year - 60_000, sent=sent - year)
    tap(client, offering, seat, "0", uid=uuid.uuid4(), tapped=sent - 120_000, sent=sent)
    row = Attendance.objects.get()
    assert (row.present, row.noted_at) == (True, timezone.now() - dt.timedelta(minutes=1))
    tap(client, offering, seat, "0", uid=uuid.uuid4(), tapped=sent + year, sent=sent)
    assert Attendance.objects.get().noted_at == timezone.now()


def test_nobody_of_another_offering_is_marked_here(cast, sign_in, offering):
    other = make_enrollment(make_offering(in_days=-1), cast.learner, "enrolled")
    assert tap(sign_in("staff"), offering, other).status_code == 404


def test_another_coach_finds_no_door_list(cast, client, offering):
    client.force_login(make_person(is_coach=True))
    assert client.get(url(offering)).status_code == 404
    assert tap(client, offering, seat_of(offering, cast.learner)).status_code == 404


def test_after_two_weeks_who_taught_only_reads(cast, sign_in, offering):
    actions.mark(seat_of(offering, cast.learner), actions.Mark(DAY, present=True), by=cast.coach)
    with time_machine.travel(dt.datetime(2031, 3, 22, tzinfo=dt.UTC)):
        page = sign_in("coach").get(url(offering, f"?day={DAY}"))
        assert "only LEI’s staff correct this list now" in page.text
        assert ('class="taps"' in page.text, "was here" in page.text) == (False, True)
        assert 'class="taps"' in sign_in("staff").get(url(offering)).text


def test_staff_put_down_who_walked_in(cast, sign_in, offering):
    priti = make_person("Priti Anand", site=cast.site)
    client = sign_in("staff")
    assert "Somebody walked" in client.get(url(offering)).text
    page = client.get(url(offering, "walked-in/?find=priti"))
    assert [one.person for one in page.context["people"]] == [priti]
    answer = client.post(url(offering, "walked-in/"), {"who": priti.pk})
    assert answer.headers["Location"] == url(offering)
    assert Attendance.objects.get().enrollment == seat_of(offering, priti)
    assert client.post(url(offering, "walked-in/"), {}).status_code == 422


def test_where_no_seat_is_left_it_says_what_to_do(cast, sign_in, offering):
    offering.capacity = 3
    offering.save()
    priti = make_person("Priti Anand", site=cast.site)
    answer = sign_in("staff").post(url(offering, "walked-in/"), {"who": priti.pk})
    assert answer.status_code == 409
    assert "All 3 seats are taken" in answer.text
    assert not Enrollment.objects.filter(person=priti).exists()


def test_queries(cast, sign_in, offering, django_assert_max_num_queries):
    client = sign_in("coach")
    for people in (1, 4, 30):
        offering.capacity += people
        offering.save()
        for _ in range(people):
            seat = make_enrollment(offering, make_person(site=cast.site), "enrolled")
            actions.mark(seat, actions.Mark(DAY, present=True), by=cast.staff)
        with django_assert_max_num_queries(6):
            client.get(url(offering))


def test_the_offering_leads_to_it(sign_in, offering):
    for name, leads in (("coach", True), ("staff", True), ("change_agent", False), ("learner", False)):
        assert (url(offering) in sign_in(name).get(f"/courses/{offering.pk}/").text) is leads
