"""Materials: for whom, told by what is in them, handed out safely, and how far one is."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from courses import actions
from courses.admin.materials import MaterialForm
from courses.models import Material, Progress
from courses.models.materials import For
from tests.cast import PEOPLE
from tests.coaching.documents import DOCX, PDF, SVG
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.materials import an_offering, make_material
from tests.courses.test_last_seats import at_once
from tests.courses.test_offering_pages import words
from tests.courses.test_visibility import found, user_of

EVERYONE = {"everybody", "partners", "seated", "attended", "staff", "theirs", "elsewhere"}
SEEN = {
    "nobody": set(),
    "learner": {"everybody", "partners", "seated", "theirs"},
    "change_agent": {"everybody", "partners", "seated", "attended", "theirs"},
    "sponsor": {"everybody", "partners", "theirs"},
    "outsider": {"everybody", "partners", "elsewhere"},
    "coach": EVERYONE - {"theirs", "elsewhere"} | {"theirs", "elsewhere"},
    "staff": EVERYONE,
    "administrator": EVERYONE,
}


@pytest.fixture
def materials(cast):
    """Of an open offering that the coach teaches; the learner has a seat there, the change agent attended."""
    offering = make_offering()
    offering.instructors.add(cast.coach)
    make_enrollment(offering, cast.learner, "enrolled")
    make_enrollment(offering, cast.change_agent, "attended")
    make_enrollment(offering, cast.sponsor, "cancelled")
    rows = {audience.value: make_material(offering, audience) for audience in For}
    rows["theirs"] = make_material(make_offering(partner=cast.partner))
    rows["elsewhere"] = make_material(make_offering(partner=cast.elsewhere))
    return rows


@pytest.mark.parametrize("name", SEEN)
def test_each_sees_exactly_these(cast, materials, name):
    assert found(materials, Material.objects.visible_to(user_of(cast, name))) == SEEN[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_of_a_course_a_seat_in_any_of_its_offerings_counts(cast, materials, name):
    course = materials["seated"].offering.course
    rows = {audience.value: make_material(course, audience) for audience in For}
    seen = Material.objects.visible_to(user_of(cast, name)).filter(course=course)
    assert found(rows, seen) == SEEN[name] - {"theirs", "elsewhere"}


def test_progress_is_seen_by_oneself_who_teaches_and_staff(cast, materials):
    rows = {"learner": (materials["seated"], cast.learner), "outsider": (materials["elsewhere"], cast.outsider)}
    for material, person in rows.values():
        actions.note_opened(material, by=person)
    ids = {Progress.objects.get(person=person).pk: name for name, (_, person) in rows.items()}
    seen = {
        name: {ids[row.pk] for row in Progress.objects.visible_to(user_of(cast, name))} for name in ("nobody", *PEOPLE)
    }
    nothing = {name: set() for name in ("nobody", "change_agent", "sponsor")}
    both = {"learner", "outsider"}
    assert seen == nothing | {
        "learner": {"learner"}, "outsider": {"outsider"}, "coach": {"learner"}, "staff": both, "administrator": both
    }  # fmt: skip


def test_who_teaches_sees_no_progress_in_a_course_taken_with_somebody_else(cast):
    course, other = make_offering(), make_offering(in_days=60)
    for offering in (course, other):
        offering.instructors.add(cast.coach)
    make_enrollment(other, cast.outsider, "enrolled")
    make_enrollment(make_offering(course.course, in_days=90), cast.outsider, "enrolled")
    row = Material.objects.create(course=course.course, kind="link", url="https://example.com/", title="Reading")
    Progress.objects.create(material=row, person=cast.outsider)
    assert not Progress.objects.visible_to(cast.coach).exists()
    make_enrollment(course, cast.outsider, "enrolled")
    assert Progress.objects.visible_to(cast.coach).exists()


def test_a_file_is_a_download_for_those_it_is_for(cast, sign_in):
    offering = make_offering()
    row = make_material(offering, For.SEATED, file=True)
    make_enrollment(offering, cast.learner, "enrolled")
    answer = sign_in("learner").get(row.get_absolute_url())
    assert (answer["Content-Disposition"], answer["Content-Type"]) == (
        'attachment; filename="Plan.pdf"',
        "application/pdf",
    )
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    assert b"".join(answer.streaming_content) == PDF
    assert Progress.objects.get(person=cast.learner).opened_at
    assert sign_in("sponsor").get(row.get_absolute_url()).status_code == 404
    assert sign_in("sponsor").post(f"{row.get_absolute_url()}done/", {"done": "1"}).status_code == 404
    assert Progress.objects.count() == 1


def test_two_of_three_done(cast, sign_in):
    offering = an_offering(cast)
    client, page = sign_in("learner"), f"/courses/{offering.pk}/materials/"
    assert "0 of 3 done" in words(client.get(page))
    for row in Material.objects.visible_to(cast.learner)[:2]:
        for _ in range(2):
            client.post(f"{row.get_absolute_url()}done/", {"done": "1", "offering": offering.pk})
    assert "2 of 3 done" in words(client.get(page))
    assert "2 of 3 done" in words(client.get(f"/courses/materials/of/{offering.course_id}/"))
    client.post(f"{row.get_absolute_url()}done/", {"done": "0"})
    assert "1 of 3 done" in words(client.get(page))
    assert "How far people are" not in words(client.get(f"/courses/materials/of/{offering.course_id}/"))
    teaches = words(sign_in("coach").get(f"/courses/materials/of/{offering.course_id}/"))
    assert ("How far people are" in teaches, "1 of 4 done, 0 opened" in teaches) == (True, True)


def test_a_link_leads_on_and_counts_as_opened(cast, sign_in):
    row = make_material(make_offering().course)
    answer = sign_in("learner").get(row.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, "https://example.com/kata")
    assert Progress.objects.get().opened_at


def test_the_pages_cost_the_same_for_few_and_many(cast, sign_in, django_assert_max_num_queries):
    offering = an_offering(cast)
    client = sign_in("learner")
    for number in (1, 40):
        for _ in range(number):
            make_material(offering, title="More")
        for page in (f"/courses/{offering.pk}/materials/", f"/courses/materials/of/{offering.course_id}/"):
            with django_assert_max_num_queries(6):
                client.get(page)


def form_of(kind, content=b"", url="", name="x.pdf"):
    data = {"place": 1, "kind": kind, "title": "x", "url": url, "audience": "seated"}
    files = {"upload": SimpleUploadedFile(name, BytesIO(content).read())} if content else {}
    return MaterialForm(data, files, instance=Material(offering=make_offering()))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (("file", SVG), "upload"),
        (("file", b"<html>"), "upload"),
        (("file", b"MZ\x90\x00"), "upload"),
        (("file",), "upload"),
        (("link",), "url"),
        (("video", b"", "javascript:alert(1)"), "url"),
        (("link", b"", "file:///etc/passwd"), "url"),
    ],
)
def test_what_could_run_or_is_not_there_is_refused_beside_its_field(cast, sent, field):
    assert list(form_of(*sent).errors) == [field]


def test_a_file_is_kept_by_what_is_in_it(cast):
    form = form_of("file", DOCX, name="../../evil.exe")
    assert form.is_valid(), form.errors
    row = form.save()
    assert (row.name, row.ending) == ("evil.docx", "docx")
    assert str(row.file.name).startswith("courses/materials/")
    with pytest.raises(IntegrityError):
        Material.objects.filter(pk=row.pk).update(file="")


@pytest.mark.django_db(transaction=True)
def test_opened_and_done_at_the_same_moment_is_one_row(transactional_db, cast):
    row = make_material(make_offering())
    deeds = [True, False] * 3
    at_once(
        lambda opens: (
            actions.note_opened(row, by=cast.learner)
            if opens
            else actions.note_done(row, by=cast.learner, is_done=True)
        ),
        deeds,
    )
    one = Progress.objects.get()
    assert one.opened_at
    assert one.done_at
