"""Who sees which offerings and enrollments: for each person of the cast, exactly these."""

import pytest
from django.contrib.auth.models import AnonymousUser

from courses import actions
from courses.models import Course, Enrollment, EnrollmentImport, Group, Hold, ImportRow, Offering
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
