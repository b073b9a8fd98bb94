"""The pages of a record: what they show, to whom, and writing on it without scripts."""

import uuid

import pytest
from django.urls import reverse

from coaching.models import Kind, Observation, Promise, VisitNote, WalkPhoto
from tests.coaching.factories import make_confirmed
from tests.coaching.walks import jpeg, make_observation, make_photo, make_promise, make_question, make_record, make_walk

SAID = {"saw": "Nobody at the desk.", "about": "process", "certainty": "fact", "revision": 0}


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


def url(name, *args):
    return reverse(f"coaching:{name}", args=args)


def test_the_record_shows_everything_to_those_who_read_it(cast, sign_in):
    visit = make_record(cast)
    page = sign_in("learner").get(url("walk_detail", visit.pk)).content.decode()
    for words in (
        "Who waits for whom?", "Discharge lounge", "the letter is not signed", "Letter signed by 11:00", "Opinion",
        "Who decides that a patient may leave?", "The bed manager, since May.", "Draft the letter at the huddle",
        "rounds wait for nobody", "1 of 4", "Show the queue on the board",
    ):  # fmt: skip
        assert words in page
    assert "data-write" not in page
    assert "data-sent" not in page


def test_who_may_write_gets_the_forms_and_the_browser_keeps_the_page(cast, sign_in, visit):
    answer = sign_in("coach").get(url("walk_detail", visit.pk))
    page = answer.content.decode()
    assert answer["X-Keep"] == "yes"
    assert [name for name in ("theme", "observation", "question", "promise") if f'id="write-{name}"' in page] == [
        "theme", "observation", "question", "promise",
    ]  # fmt: skip
    part = sign_in("coach").get(url("walk_detail", visit.pk), headers={"HX-Request": "true"}).content.decode()
    assert ('id="record"' in part, "<dialog" in part, "<html" in part) == (True, False, False)


def test_the_record_of_a_review_has_no_walk(cast, sign_in):
    visit = make_confirmed(cast.site, cast.coach, kind=Kind.REVIEW)
    page = sign_in("coach").get(url("walk_detail", visit.pk)).content.decode()
    assert ("What we saw" in page, "write-observation" in page, "write-promise" in page) == (False, False, True)
    assert sign_in("coach").get(url("piece_new", visit.pk, "observations")).status_code == 404
    assert sign_in("coach").get(url("walk_edit", visit.pk)).status_code == 404


def test_a_kind_of_piece_that_does_not_exist_is_not_there(sign_in, visit):
    assert sign_in("coach").get(url("piece_new", visit.pk, "rumours")).status_code == 404
    assert sign_in("coach").get(url("piece_edit", visit.pk, "questions", uuid.uuid4())).status_code == 404


def test_without_scripts_it_is_written_on_pages_of_their_own(cast, sign_in, visit):
    client = sign_in("coach")
    form = client.get(url("piece_new", visit.pk, "observations"))
    address = form.context["action"]
    refused = client.post(address, SAID | {"saw": "", "learned": "Much."})
    assert (refused.status_code, "Much." in refused.content.decode()) == (422, True)
    assert client.post(address, SAID).url == url("walk_detail", visit.pk)
    row = Observation.objects.get()
    assert client.get(address).context["form"]["saw"].value() == SAID["saw"]
    clash = client.post(address, SAID | {"saw": "Two at the desk."})
    assert (clash.status_code, "Put both" in clash.content.decode(), "<html" in clash.content.decode()) == (
        409,
        True,
        True,
    )
    client.post(address, {"remove": "1", "revision": row.revision})
    assert list(Observation.objects.standing()) == []


def test_a_promise_made_on_its_page_has_its_owner(cast, sign_in, visit):
    client = sign_in("staff")
    address = client.get(url("piece_new", visit.pk, "promises")).context["action"]
    said = {"words": "Draft it", "owner": cast.change_agent.pk, "due_on": "2026-12-09", "revision": 0}
    client.post(address, said)
    assert list(Promise.objects.values_list("words", "owner__name", "written_by__name")) == [
        ("Draft it", "Change Agent", "Staff")
    ]


def test_owners_are_listed_near_ones_first(cast, sign_in, visit):
    form = sign_in("coach").get(url("piece_new", visit.pk, "promises")).context["form"]
    groups = {name: [label for _value, label in people] for name, people in list(form.fields["owner"].choices)[1:]}
    assert groups == {"At this site": ["Change Agent", "Learner", "Sponsor"], "At LEI": ["Coach", "Staff"]}


def test_a_photo_is_kept_once_and_served_to_readers_as_no_page(cast, sign_in, visit):
    seen, photo = make_observation(visit), uuid.uuid4()
    address = url("walk_photo_new", visit.pk, seen.uid, photo)
    answers = [sign_in("coach").post(address, {"photo": jpeg()}, headers={"X-Autosave": "1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    kept = WalkPhoto.objects.get()
    assert (kept.uid, kept.observation, str(kept.file.name).startswith("coaching/photos/")) == (photo, seen, True)
    answer = sign_in("learner").get(kept.get_absolute_url())
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert sign_in("outsider").get(kept.get_absolute_url()).status_code == 404
    assert sign_in("learner").post(url("walk_photo_remove", kept.pk)).status_code == 404
    assert sign_in("coach").post(url("walk_photo_remove", kept.pk)).url == url("walk_detail", visit.pk)
    assert sign_in("coach").get(kept.get_absolute_url()).status_code == 404


def test_what_is_no_photo_is_refused_with_a_sentence(cast, sign_in, visit):
    address = url("walk_photo_new", visit.pk, make_observation(visit).uid, uuid.uuid4())
    broken = jpeg(name="a.jpg")
    broken.file.write(b"<svg onload=alert(1)>")
    answer = sign_in("coach").post(address, {"photo": broken.__class__("a.jpg", b"<svg>")}, headers={"X-Autosave": "1"})
    assert (answer.status_code, "not a picture" in answer.text) == (422, True)
    page = sign_in("coach").post(address, {}, follow=True)
    assert "This field is required." in page.content.decode()


def test_an_observation_holds_twelve_photos(cast, sign_in, visit):
    seen = make_observation(visit)
    for _ in range(12):
        make_photo(seen, uid=uuid.uuid4())
    address = url("walk_photo_new", visit.pk, seen.uid, uuid.uuid4())
    answer = sign_in("coach").post(address, {"photo": jpeg()}, headers={"X-Autosave": "1"})
    assert (answer.status_code, "at most 12 photos" in answer.text) == (422, True)


def test_the_host_answers_a_question(cast, sign_in, visit):
    question = make_question(visit)
    client = sign_in("learner")
    assert client.post(question.get_absolute_url(), {"answer": "x\x00"}).status_code == 422
    assert client.post(question.get_absolute_url(), {"answer": "The bed manager."}).url == url("walk_detail", visit.pk)
    assert "The bed manager." in client.get(url("walk_detail", visit.pk)).content.decode()


def test_private_notes_are_kept_changed_and_deleted_by_their_author(cast, sign_in, visit):
    client = sign_in("coach")
    assert client.post(url("visit_notes", visit.pk), {"text": ""}).status_code == 422
    assert client.post(url("visit_notes", visit.pk), {"text": "Alone."}).url == url("visit_notes", visit.pk)
    part = client.post(url("visit_notes", visit.pk), {"text": "Second."}, headers={"HX-Request": "true"})
    assert ("Alone." in part.content.decode(), "<html" in part.content.decode()) == (True, False)
    note = VisitNote.objects.get(text="Alone.")
    client.post(url("visit_note_edit", note.pk), {"text": "Changed."})
    note.refresh_from_db()
    assert (note.text, note.changed_at is not None, note.author) == ("Changed.", True, cast.coach)
    client.post(url("visit_note_delete", note.pk))
    assert list(VisitNote.objects.values_list("text", flat=True)) == ["Second."]


def test_a_private_note_stands_on_no_page_of_anybody_else(cast, sign_in, visit):
    VisitNote.objects.create(author=cast.coach, visit=visit, text="Secretly proud.")
    for name in ("staff", "administrator", "change_agent"):
        for page in ("walk_detail", "visit_detail"):
            assert "Secretly proud." not in sign_in(name).get(url(page, visit.pk)).content.decode()
    assert "Secretly proud." not in sign_in("coach").get(url("walk_detail", visit.pk)).content.decode()


def test_the_number_of_queries_does_not_grow(cast, sign_in, django_assert_num_queries):
    visit = make_confirmed(cast.site, cast.coach)
    make_walk(visit)
    client = sign_in("coach")
    for rows in (1, 3):
        for _ in range(rows):
            make_photo(make_observation(visit), uid=uuid.uuid4())
            make_question(visit)
            make_promise(visit, cast.learner)
        with django_assert_num_queries(10):
            client.get(url("walk_detail", visit.pk))
