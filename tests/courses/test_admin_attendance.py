"""The administrator reads who was there on the page of an enrollment, and marks many as attended at once."""

import pytest

from courses import actions
from courses.models import Attendance, Certificate, Enrollment
from tests.courses.attendances import an_over_offering, make_attended, make_taught
from tests.courses.factories import make_enrollment
from tests.courses.test_admin import ENROLLMENTS, do
from tests.factories import make_person


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def page(admin, row):
    return admin.get(f"{ENROLLMENTS}{row.pk}/change/").text


def test_the_page_shows_each_day_and_the_certificate_to_read(cast, admin):
    offering = an_over_offering(cast)
    there, part = (offering.enrollments.get(person=person) for person in (cast.learner, cast.sponsor))
    certificate = Certificate.objects.get()
    text = page(admin, there)
    assert "Attendance per day" in text
    for words in (
        f"{offering.starts_on:%a %-d %b %Y}",
        "<td>yes</td>",
        certificate.short_code,
        certificate.public_url,
    ):
        assert words in text
    assert f"/courses/{offering.pk}/door/" in text
    assert "Letter of participation" in page(admin, part)
    actions.mark(there, actions.Mark(offering.starts_on, present=False), by=cast.staff)
    assert "withdrawn" in page(admin, there)


def test_no_days_without_a_seat(cast, admin):
    assert "Attendance per day" not in page(admin, make_enrollment(make_taught(cast), cast.learner, "cancelled"))


def test_many_are_marked_as_attended_on_every_day(cast, admin):
    offering = make_taught(cast)
    rows = [make_enrollment(offering, make_person(site=cast.site), "enrolled") for _ in range(3)]
    again = make_attended(offering, cast.learner)
    answer, said = do(admin, "mark_attended", *rows, again)
    assert answer.status_code == 302
    assert said[0] == "Attended: 3."
    assert "attended already" in said[1]
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"attended"}
    assert Attendance.objects.present().count() == 8
    assert Certificate.objects.count() == 4


def test_queries(cast, admin, django_assert_max_num_queries):
    few, many = (make_attended(make_taught(cast, in_days=-40 * n, days=n), cast.learner) for n in (1, 9))
    for row in (few, many):
        with django_assert_max_num_queries(15):
            page(admin, row)
