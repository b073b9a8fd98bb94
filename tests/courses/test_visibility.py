"""Who sees which offerings and enrollments: for each person of the cast, exactly these."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses import actions
from courses.models import (
    Attendance,
    Certificate,
    CertificateBook,
    Course,
    Enrollment,
    EnrollmentImport,
    Group,
    Hold,
    ImportRow,
    Offering,
)
from tests.cast import PEOPLE
from tests.courses.factories import hold_for, make_enrollment, make_offering
from tests.courses.lists import make_import, row
from tests.factories import make_person

INSIDERS = ("learner", "change_agent", "sponsor")
LEI = ("coach", "staff", "administrator")


def user_of(cast, name):
    return AnonymousUser() if name == "nobody" else cast[name]


def found(rows, scope):
    """What each person gets from a scope, by the names given to the rows."""
    names = {row.pk: name for name, row in rows.items()}
    return {names[row.pk] for row in scope}


@pytest.fixture
def offerings(cast):
    return {
        "open": make_offering(),
        "theirs": make_offering(partner=cast.partner),
        "elsewhere": make_offering(partner=cast.elsewhere),
    }


@pytest.fixture
def enrollments(cast, offerings):
    """People of both partners in the open offering, and one in an offering kept for the other partner."""
    rows = {name: make_enrollment(offerings["open"], cast[name]) for name in (*INSIDERS, "outsider")}
    rows["outsider_elsewhere"] = make_enrollment(offerings["elsewhere"], cast.outsider)
    return rows


SEEN_OFFERINGS = (
    {"nobody": set(), "outsider": {"open", "elsewhere"}}
    | {name: {"open", "theirs"} for name in INSIDERS}
    | {name: {"open", "theirs", "elsewhere"} for name in LEI}
)
OF_PARTNER = set(INSIDERS)
EVERY = {*INSIDERS, "outsider", "outsider_elsewhere"}
SEEN_ENROLLMENTS = {
    "nobody": set(),
    "outsider": {"outsider", "outsider_elsewhere"},
    "learner": {"learner"},
    "change_agent": OF_PARTNER,
    "sponsor": {"sponsor"},
    "coach": OF_PARTNER,
    "staff": EVERY,
    "administrator": EVERY,
}
APPROVABLE = SEEN_ENROLLMENTS | {"learner": set(), "sponsor": set(), "coach": set()}
EDITABLE = SEEN_ENROLLMENTS | {"coach": set()}


@pytest.mark.parametrize("name", PEOPLE)
def test_courses(cast, offerings, name):
    every = set(Course.objects.all())
    assert set(Course.objects.visible_to(user_of(cast, name))) == (set() if name == "nobody" else every)


@pytest.mark.parametrize("name", PEOPLE)
def test_offerings(cast, offerings, name):
    assert found(offerings, Offering.objects.visible_to(user_of(cast, name))) == SEEN_OFFERINGS[name]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    ("scope", "expected"),
    [("visible_to", SEEN_ENROLLMENTS), ("approvable_by", APPROVABLE), ("editable_by", EDITABLE)],
)
def test_enrollments(cast, enrollments, name, scope, expected):
    rows = getattr(Enrollment.objects, scope)(user_of(cast, name))
    assert found(enrollments, rows) == expected[name]


SEEN_HOLDS = {
    "nobody": set(),
    "learner": set(),
    "sponsor": set(),
    "outsider": {"elsewhere"},
    "change_agent": {"theirs"},
    "coach": {"theirs"},
    "staff": {"theirs", "elsewhere"},
    "administrator": {"theirs", "elsewhere"},
}


@pytest.mark.parametrize("name", PEOPLE)
def test_holds(cast, offerings, name):
    rows = {
        "theirs": hold_for(offerings["open"], cast.partner, 2, by=cast.staff),
        "elsewhere": hold_for(offerings["open"], cast.elsewhere, 2, by=cast.staff),
    }
    assert found(rows, Hold.objects.visible_to(user_of(cast, name))) == SEEN_HOLDS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_groups(cast, offerings, name):
    """A group is seen by those in it, too; to let them go one by one is for who leads their partner, and for LEI."""
    theirs, others = (
        actions.enroll_all(offerings["open"], people=people, by=cast.staff, together=True)[0].group
        for people in ([cast.learner, cast.sponsor], [cast.outsider, make_person(site=cast.other_site)])
    )
    rows, user = {"theirs": theirs, "elsewhere": others}, user_of(cast, name)
    seen = SEEN_HOLDS | {"learner": {"theirs"}, "sponsor": {"theirs"}}
    assert found(rows, Group.objects.visible_to(user)) == seen[name]
    assert found(rows, Group.objects.editable_by(user)) == (SEEN_HOLDS | {"coach": set()})[name]


def test_an_instructor_sees_who_comes_to_their_offering(cast, offerings, enrollments):
    offerings["elsewhere"].instructors.add(cast.coach)
    assert found(enrollments, Enrollment.objects.visible_to(cast.coach)) == OF_PARTNER | {"outsider_elsewhere"}


def test_an_enrollment_stays_with_the_partner_at_the_time(cast, enrollments):
    """The learner moves to the other partner: the old change agent keeps the past, the new one does not gain it."""
    cast.learner.assignments.update(site=cast.other_site)
    assert found(enrollments, Enrollment.objects.visible_to(cast.change_agent)) == OF_PARTNER
    assert found(enrollments, Enrollment.objects.visible_to(cast.outsider)) == {"outsider", "outsider_elsewhere"}


def test_of_a_person_leaves_out_what_ended(cast, offerings):
    living = make_enrollment(offerings["open"], cast.learner, "enrolled")
    make_enrollment(offerings["theirs"], cast.learner, "cancelled")
    assert set(Enrollment.objects.of(cast.learner)) == {living}


@pytest.fixture
def imports(cast, offerings):
    """A list of each of those who put others down, all for the open offering."""
    return {name: make_import(offerings["open"], cast[name], "Ann Lee") for name in IMPORTERS}


IMPORTERS = ("change_agent", "outsider", "staff", "administrator")
SEEN_IMPORTS = {name: {name} & set(IMPORTERS) for name in PEOPLE}


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_are_their_makers_alone(cast, imports, name):
    rows = {maker: row(of, 1) for maker, of in imports.items()}
    assert found(imports, EnrollmentImport.objects.visible_to(user_of(cast, name))) == SEEN_IMPORTS[name]
    assert found(rows, ImportRow.objects.visible_to(user_of(cast, name))) == SEEN_IMPORTS[name]


def test_who_leads_no_partner_any_more_sees_their_list_no_more(cast, imports):
    cast.change_agent.assignments.update(role="learner")
    assert found(imports, EnrollmentImport.objects.visible_to(cast.change_agent)) == set()


TAUGHT = {name: set() for name in PEOPLE} | {"coach": {"theirs"}}


@pytest.mark.parametrize("name", PEOPLE)
def test_door_lists_are_for_who_teaches_and_for_staff(cast, offerings, name):
    offerings["theirs"].instructors.add(cast.coach)
    expected = TAUGHT | {key: {"open", "theirs", "elsewhere"} for key in ("staff", "administrator")}
    assert found(offerings, Offering.objects.overseen_by(user_of(cast, name))) == expected[name]


def test_who_is_no_coach_any_more_keeps_no_door_list(cast, offerings):
    offerings["theirs"].instructors.add(cast.coach)
    cast.coach.is_coach = False
    assert found(offerings, Offering.objects.overseen_by(cast.coach)) == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_attendance_and_certificates_are_seen_with_their_enrollment(cast, enrollments, name):
    user, now = user_of(cast, name), timezone.now()
    fields = {"day": now.date(), "present": True, "noted_at": now, "noted_by": cast.staff}
    noted = {key: Attendance.objects.create(enrollment=row, **fields) for key, row in enrollments.items()}
    issued = {key: Certificate.objects.create(enrollment=row) for key, row in enrollments.items()}
    assert found(noted, Attendance.objects.visible_to(user)) == SEEN_ENROLLMENTS[name]
    assert found(issued, Certificate.objects.visible_to(user)) == SEEN_ENROLLMENTS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_has_the_code_sees_one_certificate(cast, enrollments, name):
    rows = {key: Certificate.objects.create(enrollment=row) for key, row in enrollments.items()}
    assert found(rows, Certificate.objects.shown_to(user_of(cast, name), rows["outsider"].short_code)) == {"outsider"}


@pytest.mark.parametrize("name", PEOPLE)
def test_books_of_certificates_are_their_askers_alone(cast, offerings, name):
    """The coach asked for one while teaching, for another that somebody else teaches now; staff for one."""
    offerings["theirs"].instructors.add(cast.coach)
    asked = {"taught": ("theirs", "coach"), "not_taught": ("open", "coach"), "of_staff": ("open", "staff")}
    books = {
        key: CertificateBook.objects.create(offering=offerings[of], asked_by=cast[by])
        for key, (of, by) in asked.items()
    }
    expected: dict[str, set[str]] = {key: set() for key in PEOPLE} | {"coach": {"taught"}, "staff": {"of_staff"}}
    assert found(books, CertificateBook.objects.visible_to(user_of(cast, name))) == expected[name]
