"""Offerings in Django's admin: changed with care for those who have seats."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.forms.models import model_to_dict
from django.urls import reverse

from courses.models import Enrollment, Offering
from partners.lib.calendars import moment_words
from tests.coaching.factories import make_confirmed
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def save(client, offering, **changes):
    given = model_to_dict(offering) | changes
    data = {name: value for name, value in given.items() if value is not None}
    data |= {f"{rows}-{form}_FORMS": 0 for rows in ("sessions", "materials") for form in ("TOTAL", "INITIAL")}
    return client.post(reverse("admin:courses_offering_change", args=[offering.pk]), data)


@pytest.fixture
def offering(cast):
    offering = make_offering(capacity=2)
    for state in ("enrolled", "enrolled", "approved"):
        make_enrollment(offering, make_person(site=cast.site), state)
    return offering


def test_fewer_seats_than_taken_is_an_error_beside_the_field(admin, offering):
    answer = save(admin, offering, capacity=1)
    assert answer.context["adminform"].form.errors == {
        "capacity": ["2 seats are taken. Write at least 2, or cancel some enrollments first."]
    }
    assert Offering.objects.get().capacity == 2


def test_more_seats_go_to_those_who_wait(admin, offering):
    assert save(admin, offering, capacity=5).status_code == 302
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"enrolled", "offered"}
    assert Offering.objects.get().seats_taken == 3


def test_impossible_dates_are_refused_in_words(admin, offering):
    errors = save(admin, offering, ends_on="2020-01-01").context["adminform"].form.errors
    assert errors["__all__"] == ["The last day is not before the first."]
    errors = save(admin, offering, zone="Mars/Base").context["adminform"].form.errors
    assert "zone" in errors


def test_an_instructor_who_is_taken_then_is_refused_with_when_and_why(admin, cast, offering):
    visit = make_confirmed(cast.site, cast.coach, starts_at=offering.starts_at)
    answer = save(admin, offering, instructors=[cast.coach.pk])
    assert (
        answer.context["adminform"]
        .form.errors["instructors"][0]
        .startswith(f"Coach is taken from {moment_words(visit.starts_at, visit.tzinfo)}")
    )
    assert list(offering.instructors.all()) == []


def test_instructors_are_coaches_found_by_typing(admin, cast, offering):
    assert save(admin, offering, instructors=[cast.coach.pk]).status_code == 302
    assert list(offering.instructors.all()) == [cast.coach]
    page = admin.get(reverse("admin:courses_offering_change", args=[offering.pk])).content.decode()
    assert "Learner" not in page


def test_an_offering_is_cancelled_with_a_reason_and_everyone_on_it(admin, offering):
    data = {"action": "cancel", ACTION_CHECKBOX_NAME: offering.pk}
    assert admin.post("/admin/courses/offering/", data).status_code == 200
    admin.post("/admin/courses/offering/", data | {"reason": "Too few"})
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Offering.objects.get().cancelled_because == "Too few"


def test_only_an_offering_nobody_asked_for_can_be_deleted(admin, offering):
    empty = make_offering()
    delete = {o: reverse("admin:courses_offering_delete", args=[o.pk]) for o in (offering, empty)}
    assert [admin.get(delete[o]).status_code for o in (offering, empty)] == [403, 200]
