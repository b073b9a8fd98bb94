"""Writing on a record: once, over nobody, in whatever order it arrives."""

import uuid

import pytest
from django.urls import reverse

from coaching import actions
from coaching.models import Observation, Promise, Walk
from tests.a3.test_races import at_once
from tests.cast import Cast
from tests.coaching.factories import make_confirmed, make_visit
from tests.coaching.walks import make_observation, make_promise, make_question, make_walk

PHONE = {"X-Autosave": "1"}
SAID = {"saw": "Nobody at the desk.", "about": "process", "certainty": "fact"}


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


@pytest.fixture
def send(sign_in, visit):
    def send_(kind="observations", uid=None, name="coach", **fields):
        url = reverse("coaching:piece_edit", args=[visit.pk, kind, uid or uuid.uuid4()])
        return sign_in(name).post(url, {"revision": 0} | fields, headers=PHONE)

    return send_


def test_what_comes_twice_is_there_once(cast, visit, send):
    uid, chain = uuid.uuid4(), {"writing": "phone", "step": 1}
    answers = [send(uid=uid, **SAID, **chain) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"revision": 1})] * 2
    seen = Observation.objects.get()
    assert (seen.uid, seen.visit, seen.saw, seen.written_by) == (uid, visit, SAID["saw"], cast.coach)


def test_the_next_step_of_the_same_form_is_no_clash_when_an_answer_was_lost(send):
    uid = uuid.uuid4()
    send(uid=uid, **SAID, writing="phone", step=1)
    again = send(uid=uid, **SAID | {"saw": "Nobody at the desk, twice."}, writing="phone", step=2)
    assert again.json() == {"revision": 2}
    late = send(uid=uid, **SAID, writing="phone", step=1)
    assert late.status_code == 409
    assert Observation.objects.get().saw == "Nobody at the desk, twice."


def test_of_two_who_change_the_same_the_second_is_shown_both(cast, visit, send):
    seen = make_observation(visit, saw="Two wait.", learned="Rounds first.")
    assert send(uid=seen.uid, name="staff", **SAID | {"saw": "Three wait."}, revision=1).json() == {"revision": 2}
    answer = send(uid=seen.uid, **SAID | {"saw": "Four wait.", "certainty": "opinion"}, revision=1)
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("Staff changed it", "Three wait.", "Four wait.", "Three wait. Four wait.", "Opinion", "Put both"):
        assert words in " ".join(page.split())
    assert Observation.objects.get().saw == "Three wait."
    assert send(uid=seen.uid, **SAID | {"saw": "Four wait."}, revision=2).json() == {"revision": 3}


def test_an_unchanged_text_is_no_clash(visit, send):
    seen = make_observation(visit, **SAID | {"seen_at": "2026-11-25T14:10:00Z"}, revision=7)
    answer = send(uid=seen.uid, **SAID, seen_at="2026-11-25T14:10:00Z", revision=2)
    assert answer.json() == {"revision": 7}


def test_what_was_removed_does_not_come_back_by_an_old_sending(cast, visit, send):
    uid = uuid.uuid4()
    send(uid=uid, **SAID, writing="phone", step=1)
    assert send(uid=uid, name="staff", remove="1", revision=1).json() == {"revision": 2}
    answer = send(uid=uid, **SAID, writing="phone", step=1)
    assert (answer.status_code, "Staff removed it" in " ".join(answer.content.decode().split())) == (409, True)
    assert Observation.objects.standing().count() == 0
    assert send(uid=uid, **SAID, revision=2).json() == {"revision": 3}
    assert Observation.objects.standing().count() == 1


def test_who_removes_what_somebody_has_changed_is_asked(visit, send):
    seen = make_observation(visit)
    send(uid=seen.uid, name="staff", **SAID, revision=1)
    answer = send(uid=seen.uid, remove="1", revision=1)
    assert (answer.status_code, "Remove it all the same" in answer.content.decode()) == (409, True)
    assert send(uid=seen.uid, remove="1", revision=2).status_code == 200
    assert send(uid=seen.uid, remove="1", revision=2).status_code == 200


def test_an_id_of_another_visit_is_not_there(cast, send):
    elsewhere = make_observation(make_visit(cast.other_site, cast.coach))
    assert send(uid=elsewhere.uid, **SAID).status_code == 404
    assert Observation.objects.get().saw == elsewhere.saw


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("observations", {"saw": ""}, "What did you see?: This field is required."),
        ("observations", {"saw": "x\x00"}, "What did you see?: Null characters are not allowed."),
        ("observations", {"about": "weather"}, "It is about the: Select a valid choice."),
        ("questions", {"text": " "}, "Which question do you leave?: This field is required."),
        ("promises", {"owner": "999999"}, "By whom?: Select a valid choice."),
        ("promises", {"due_on": "2026-11-24"}, "By when?: This day is before the visit: choose a later one."),
        ("promises", {"due_on": "2126-11-24"}, "By when?: A promise is for two years at most: choose an earlier day."),
    ],
)
def test_what_cannot_be_kept_is_said_in_words_with_the_name_of_the_field(cast, send, kind, fields, words):
    whole = {
        "observations": SAID,
        "questions": {"text": "Who decides?"},
        "promises": {"words": "Draft it", "owner": cast.learner.pk, "due_on": "2026-12-09"},
    }
    answer = send(kind, **whole[kind] | fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_people_of_another_partner_promise_nothing_here(cast, send):
    answer = send("promises", words="Draft it", owner=cast.outsider.pk, due_on="2026-12-09")
    assert (answer.status_code, Promise.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("seen_at", "kept"),
    [("2026-11-25T14:10:00Z", True), ("2126-01-01T00:00:00Z", False), ("0001-01-01T00:00:00Z", False)],
)
def test_an_observation_has_the_time_of_the_phone_where_that_can_be(send, seen_at, kept):
    send(**SAID, seen_at=seen_at)
    assert (Observation.objects.get().seen_at.isoformat() == "2026-11-25T14:10:00+00:00") is kept


def test_theme_and_route_are_written_over_nobody(cast, visit, sign_in):
    url = reverse("coaching:walk_edit", args=[visit.pk])
    first = sign_in("coach").post(url, {"revision": 0, "theme": "Who waits?", "route": "Desk\n\nLab"}, headers=PHONE)
    second = sign_in("staff").post(url, {"revision": 0, "theme": "Where does it wait?"}, headers=PHONE)
    assert (first.json(), second.status_code) == ({"revision": 1}, 409)
    walk = Walk.objects.get()
    assert (walk.theme, walk.stops, walk.written_by) == ("Who waits?", ["Desk", "Lab"], cast.coach)


def test_an_answer_of_the_host_takes_the_place_of_an_earlier_one_or_is_taken_back(cast, visit):
    question = make_question(visit)
    for answer, person in (("Ann.", cast.learner), ("Bea.", cast.change_agent)):
        actions.answer_question(question, answer, by=person)
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Bea.", cast.change_agent)
    actions.answer_question(question, "", by=cast.learner)
    question.refresh_from_db()
    assert (question.answer, question.answered_at, question.answered_by) == ("", None, None)


def test_of_ten_who_write_at_once_one_wins(transactional_db):
    cast = Cast()
    seen = make_observation(make_confirmed(cast.site, cast.coach))
    found = at_once(lambda i: actions.record(seen, SAID | {"saw": f"{i}"}, revision=1, by=cast.coach), 10)
    winners = [i for i, result in enumerate(found) if isinstance(result, Observation)]
    assert len(winners) == 1
    assert {type(result) for i, result in enumerate(found) if i not in winners} == {actions.Clash}
    assert Observation.objects.get().saw == f"{winners[0]}"


def test_ten_times_the_same_new_one_at_once_is_one(transactional_db):
    cast = Cast()
    visit, uid = make_confirmed(cast.site, cast.coach), uuid.uuid4()
    said = {"words": "Draft it", "owner": cast.learner, "due_on": visit.last_day}
    found = at_once(lambda _: actions.promise(Promise(visit=visit, uid=uid), said, revision=0, by=cast.coach), 10)
    assert {(type(row), row.revision) for row in found} == {(Promise, 1)}
    assert Promise.objects.count() == 1


def test_a_record_is_written_on_line_by_line_and_no_row_forgets_the_others(cast, visit):
    make_walk(visit)
    make_promise(visit, cast.learner)
    actions.record(Walk(visit=visit), {"theme": "Only this"}, revision=1, by=cast.staff)
    walk = Walk.objects.get()
    assert (walk.theme, walk.stops, walk.revision, walk.changed_by) == (
        "Only this",
        ["5 West desk", "Pharmacy", "Discharge lounge"],
        2,
        cast.staff,
    )
