"""The administrator runs enrollments in Django's admin: finding them, and doing things to many at once."""

import csv
import re
from io import StringIO

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from courses import actions
from courses.models import Enrollment, Offering
from tests.cast import PEOPLE
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

ENROLLMENTS = "/admin/courses/enrollment/"
State = Enrollment.State


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


@pytest.fixture
def rows(cast):
    """Both partners' people in two courses, in several states."""
    a3s, basics = make_offering(make_course("Managing with A3s")), make_offering(make_course("Value stream basics"))
    return {
        "learner": make_enrollment(a3s, cast.learner),
        "sponsor": make_enrollment(basics, cast.sponsor, "enrolled"),
        "outsider": make_enrollment(a3s, cast.outsider, "enrolled"),
    }


def listed(answer, rows):
    names = {row.pk: name for name, row in rows.items()}
    return {names[row.pk] for row in answer.context["cl"].result_list}


def do(client, verb, *rows, **more):
    data = {"action": verb, ACTION_CHECKBOX_NAME: [row.pk for row in rows], "sure": "yes"} | more
    answer = client.post(ENROLLMENTS, data)
    return answer, [str(message) for message in answer.wsgi_request._messages]


def states(rows):
    return {name: Enrollment.objects.get(pk=row.pk).state for name, row in rows.items()}


@pytest.mark.parametrize("page", ["", "add/"])
@pytest.mark.parametrize("model", ["course", "offering", "enrollment"])
def test_only_administrators_come_in(cast, client, model, page):
    found = {}
    for name in PEOPLE:
        client.logout()
        if name != "nobody":
            client.force_login(cast[name])
        found[name] = client.get(f"/admin/courses/{model}/{page}").status_code
    assert found == dict.fromkeys(PEOPLE, 404) | {"nobody": 302, "administrator": 200}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"learner", "sponsor", "outsider"}),
        ({"q": "sponsor"}, {"sponsor"}),
        ({"q": "LEARNER@example"}, {"learner"}),
        ({"q": "a3s"}, {"learner", "outsider"}),
        ({"q": "a3s halden"}, {"learner"}),
        ({"q": "nothing such"}, set()),
        ({"state__exact": "enrolled"}, {"sponsor", "outsider"}),
        ({"when": "coming"}, {"learner", "sponsor", "outsider"}),
        ({"when": "over"}, set()),
    ],
)
def test_search_and_filters(admin, rows, query, expected):
    assert listed(admin.get(ENROLLMENTS, query), rows) == expected


def test_filters_by_partner_and_offering_keep_each_other(admin, cast, rows):
    offering = rows["learner"].offering
    answer = admin.get(ENROLLMENTS, {"partner__id__exact": cast.partner.pk, "offering__id__exact": offering.pk})
    assert listed(answer, rows) == {"learner"}
    assert answer.content.count(b"data-autocomplete-light-url") == 0
    assert f'<option value="{cast.partner.pk}" selected>Halden Valley Health</option>' in answer.content.decode()
    assert "Corvane" not in answer.content.decode()  # nothing but the chosen partner is loaded


@pytest.mark.parametrize("path", [ENROLLMENTS, "/admin/courses/offering/", "/admin/courses/enrollmentevent/"])
def test_a_list_costs_the_same_for_one_and_four_rows(admin, cast, django_assert_max_num_queries, path):
    for people in (1, 3):
        for _ in range(people):
            make_enrollment(make_offering(partner=cast.partner), make_person(site=cast.site))
        with django_assert_max_num_queries(9):
            assert admin.get(path).status_code == 200


def test_bulk_approve_says_how_many_and_what_was_skipped(admin, cast, rows):
    Offering.objects.filter(pk=rows["learner"].offering_id).update(capacity=1)
    _, said = do(admin, "approve", *rows.values())
    assert states(rows) == {"learner": "approved", "sponsor": "enrolled", "outsider": "enrolled"}
    assert said[0] == "Waiting for a seat: 1."
    assert said[1].startswith("Skipped: 2.")
    assert "Sponsor in Value stream basics" in said[1]


def test_bulk_enroll_brings_back_who_was_declined(admin, cast, rows):
    declined = actions.decline(rows["learner"], by=cast.change_agent, reason="Not now")
    _, said = do(admin, "enroll", declined)
    assert said == ["Enrolled: 1."]
    assert sorted(Enrollment.objects.filter(person=cast.learner).values_list("state", flat=True)) == [
        "declined",
        "enrolled",
    ]


def test_bulk_cancel_asks_why_first(admin, cast, rows):
    answer, said = do(admin, "cancel", rows["sponsor"], rows["outsider"])
    assert (answer.status_code, said, states(rows)["sponsor"]) == (200, [], "enrolled")
    answer, said = do(admin, "cancel", rows["sponsor"], rows["outsider"], reason="")
    assert answer.status_code == 422
    assert "Write a sentence" in answer.content.decode()
    answer, said = do(admin, "cancel", rows["sponsor"], rows["outsider"], reason="The trainer is ill")
    assert (answer.status_code, said) == (302, ["Cancelled: 2."])
    assert states(rows) == {"learner": "asked", "sponsor": "cancelled", "outsider": "cancelled"}


def test_a_freed_seat_moves_up_from_the_admin_too(admin, cast, rows):
    Offering.objects.filter(pk=rows["learner"].offering_id).update(capacity=1)
    do(admin, "approve", rows["learner"])
    do(admin, "cancel", rows["outsider"], reason="Moved away")
    assert states(rows)["learner"] == "offered"
    _, said = do(admin, "accept", rows["learner"])
    assert (states(rows)["learner"], said[-1]) == ("enrolled", "Enrolled: 1.")


def test_putting_one_first_needs_a_reason_and_somebody_who_waits(admin, cast):
    offering = make_offering(capacity=1)
    make_enrollment(offering, cast.sponsor, "enrolled")
    early, late = (
        make_enrollment(offering, cast.learner, "approved"),
        make_enrollment(offering, cast.outsider, "approved"),
    )
    answer, _ = do(admin, "put_first", late)
    assert answer.context["title"] == "Put first: why?"
    _, said = do(admin, "put_first", late, reason="The plant starts in March")
    assert said == ["Waiting for a seat: 1."]
    assert (late.place_in_line, early.place_in_line) == (1, 2)
    row = Enrollment.objects.get(pk=late.pk)
    assert (row.moved_up_by, row.moved_up_because) == (cast.administrator, "The plant starts in March")


def test_bulk_attended_skips_who_has_no_seat(admin, cast):
    begun = make_offering(in_days=-1)
    there, not_there = make_enrollment(begun, cast.learner, "enrolled"), make_enrollment(begun, cast.sponsor)
    _, said = do(admin, "mark_attended", there, not_there)
    assert said[0] == "Attended: 1."
    assert "Sponsor has no seat: asked." in said[1]


def test_adding_one_enrolls(admin, cast):
    offering = make_offering()
    add = {"offering": offering.pk, "person": cast.learner.pk}
    assert admin.post(f"{ENROLLMENTS}add/", add).status_code == 302
    row = Enrollment.objects.get()
    assert (row.state, row.partner, row.approved_by) == ("enrolled", cast.partner, cast.administrator)


def test_adding_to_a_kept_offering_says_why_not(admin, cast):
    offering = make_offering(partner=cast.elsewhere)
    answer = admin.post(f"{ENROLLMENTS}add/", {"offering": offering.pk, "person": cast.learner.pk}, follow=True)
    assert "is kept for another partner" in answer.content.decode()
    assert not Enrollment.objects.exists()


def test_the_change_page_shows_every_change_and_who(admin, cast, rows):
    admin.post(ENROLLMENTS, {"action": "approve", ACTION_CHECKBOX_NAME: rows["learner"].pk})
    page = admin.get(reverse("admin:courses_enrollment_change", args=[rows["learner"].pk]))
    changes = [(change.state, change.by_name) for change in page.context["changes"]]
    assert changes == [("enrolled", "Administrator"), ("asked", None)]
    assert b'name="state"' not in page.content


def test_an_enrollment_cannot_be_deleted(admin, rows):
    assert admin.post(reverse("admin:courses_enrollment_delete", args=[rows["learner"].pk])).status_code == 403


def test_several_are_shown_before_anything_is_done(admin, cast):
    rows = {name: make_enrollment(make_offering(), cast[name]) for name in ("learner", "sponsor")}
    data = {"action": "approve", ACTION_CHECKBOX_NAME: [row.pk for row in rows.values()]}
    asked = admin.post(ENROLLMENTS, data)
    assert asked.context["title"] == "Approve: these?"
    assert all(str(row) in asked.text for row in rows.values())
    assert set(states(rows).values()) == {"asked"}
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', asked.text))
    admin.post(ENROLLMENTS, data | sent | {ACTION_CHECKBOX_NAME: data[ACTION_CHECKBOX_NAME]})
    assert set(states(rows).values()) == {"enrolled"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_ticked_is_saved_as_a_file(admin, cast, kind):
    ticked = make_enrollment(make_offering(), cast.learner, "enrolled")
    make_enrollment(make_offering(), cast.sponsor)
    answer, _ = do(admin, f"save_as_{kind}", ticked)
    file = answer.getvalue()
    assert f'.{kind}"' in answer["Content-Disposition"]
    if kind == "xlsx":
        assert file.startswith(b"PK")
        return
    head, *rows = csv.reader(StringIO(file.decode("utf-8-sig")))
    (found,) = (dict(zip(head, row, strict=True)) for row in rows)
    course, email = ticked.offering.course.name, cast.learner.email
    assert (found["Person"], found["E-mail"], found["Course"], found["State"]) == ("Learner", email, course, "Enrolled")


def test_all_that_are_filtered_are_saved_not_only_those_shown(admin, cast, django_assert_max_num_queries):
    offering = make_offering(capacity=80)
    for _ in range(60):
        make_enrollment(offering, make_person(), "enrolled")
    one = make_enrollment(make_offering(), cast.learner)
    with django_assert_max_num_queries(8):
        answer, _ = do(admin, "save_as_csv", one, select_across="1")
        lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 62


def test_too_many_for_a_workbook_is_said(admin, cast, monkeypatch):
    monkeypatch.setattr("courses.admin.exporting.MOST_IN_A_WORKBOOK", 1)
    rows = [make_enrollment(make_offering(), cast[name]) for name in ("learner", "sponsor")]
    assert do(admin, "save_as_xlsx", *rows)[1] == [
        "A workbook holds 1 enrollments at most. Save them as CSV, or filter first."
    ]
