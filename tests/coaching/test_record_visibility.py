"""Whose record of a visit each person reads and writes, and what the database refuses."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching.models import Observation, Promise, Question, Visit, VisitNote, Walk, WalkPhoto
from tests.cast import PEOPLE
from tests.coaching.factories import make_cancelled, make_confirmed
from tests.coaching.walks import make_observation, make_photo, make_promise, make_question, make_walk
from tests.factories import make_assignment, make_person

YESTERDAY = timezone.localdate() - dt.timedelta(days=1)
PIECES = ("Walk", "Observation", "WalkPhoto", "Question", "Promise")
READERS = {"learner", "change_agent", "sponsor", "coach", "staff", "administrator"}


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


@pytest.fixture
def pieces(cast, visit):
    seen = make_observation(visit)
    rows = [make_walk(visit), seen, make_photo(seen), make_question(visit), make_promise(visit, cast.learner)]
    elsewhere = make_confirmed(cast.other_site, make_person("other_coach", is_coach=True))
    for row in (make_walk, make_question, make_observation):
        row(elsewhere)
    make_promise(elsewhere, cast.outsider)
    make_photo(make_observation(elsewhere))
    return rows


def who(scope, row):
    """The people of the cast to whom the scope gives this row."""
    return {name for name in PEOPLE if row in scope(AnonymousUser() if name == "nobody" else scope.cast[name])}


def scope_of(cast, model, name):
    def scope(user):
        return getattr(model.objects, name)(user)

    scope.cast = cast
    return scope


def test_everything_recorded_is_read_by_the_same_people(cast, pieces):
    found = {type(row).__name__: who(scope_of(cast, type(row), "visible_to"), row) for row in pieces}
    assert found == dict.fromkeys(PIECES, READERS)


def test_the_coach_and_staff_write(cast, pieces):
    found = {type(row).__name__: who(scope_of(cast, type(row), "editable_by"), row) for row in pieces}
    assert found == {name: {"coach", "staff"} for name in PIECES}


def test_other_coaches_see_the_visit_on_the_board_and_not_its_record(cast, visit, pieces):
    other = make_person("coach_of_another_partner", is_coach=True)
    assert visit in Visit.objects.visible_to(other)
    assert set(Visit.objects.with_record_visible_to(other)) == set()
    assert {
        model: model.objects.visible_to(other).count() for model in (Walk, Observation, WalkPhoto, Question, Promise)
    } == {
        Walk: 0,
        Observation: 0,
        WalkPhoto: 0,
        Question: 0,
        Promise: 0,
    }


def test_the_coach_reads_for_ever_and_writes_as_long_as_they_coach(cast, visit, pieces):
    cast.partner.coaches.clear()
    assert who(scope_of(cast, Visit, "with_record_visible_to"), visit) == READERS
    cast.coach.is_coach = False
    assert set(Visit.objects.with_record_editable_by(cast.coach)) == set()
    assert visit not in Visit.objects.with_record_visible_to(cast.coach)


def test_reading_ends_with_the_last_assignment(cast, visit):
    cast.learner.assignments.update(ended_on=YESTERDAY)
    make_assignment(cast.learner, cast.other_site)
    assert visit not in Visit.objects.with_record_visible_to(cast.learner)


def test_who_promised_something_at_lei_sees_that_promise_and_nothing_else(cast, visit):
    helper = make_person("helper", is_coach=True)
    mine, other = make_promise(visit, helper), make_promise(visit, cast.learner)
    assert set(Promise.objects.visible_to(helper)) == {mine}
    assert set(Promise.objects.answerable_by(helper)) == {mine}
    assert other in Promise.objects.answerable_by(cast.learner)


def test_who_says_whether_a_promise_was_kept(cast, visit):
    promise = make_promise(visit, cast.learner)
    assert who(scope_of(cast, Promise, "answerable_by"), promise) == {"learner", "change_agent", "coach", "staff"}


def test_the_hosts_people_answer_questions(cast, visit):
    question = make_question(visit)
    scope = scope_of(cast, Question, "answerable_by")
    assert who(scope, question) == {"learner", "change_agent", "sponsor", "coach", "staff"}


def test_nobody_writes_on_the_record_of_a_visit_that_was_called_off(cast):
    visit = make_cancelled(cast.site, cast.coach)
    assert who(scope_of(cast, Visit, "with_record_editable_by"), visit) == set()
    assert who(scope_of(cast, Visit, "with_record_visible_to"), visit) == READERS


def test_a_private_note_is_its_authors_alone(cast, visit):
    note = VisitNote.objects.create(author=cast.coach, visit=visit, text="Alone.")
    assert who(scope_of(cast, VisitNote, "visible_to"), note) == {"coach"}
    cast.coach.is_coach = False
    assert who(scope_of(cast, VisitNote, "visible_to"), note) == set()


def test_a_removed_photo_and_the_photos_of_a_removed_observation_are_gone(cast, visit):
    photos = [make_photo(make_observation(visit), colour) for colour in ("teal", "navy")]
    WalkPhoto.objects.filter(pk=photos[0].pk).update(removed_at=timezone.now(), removed_by=cast.coach)
    Observation.objects.filter(pk=photos[1].observation_id).update(removed_at=timezone.now(), removed_by=cast.coach)
    assert set(WalkPhoto.objects.visible_to(cast.coach)) == set()


@pytest.mark.parametrize(
    ("make", "fields", "constraint"),
    [
        (make_observation, {"saw": ""}, "saw_something"),
        (make_observation, {"about": "weather"}, "observation_about"),
        (make_observation, {"certainty": "rumour"}, "observation_certainty"),
        (make_observation, {"removed_at": timezone.now()}, "observation_removed_at_with_by"),
        (make_question, {"text": ""}, "asks_something"),
        (make_question, {"answer": "Yes."}, "answer_with_at"),
        (make_question, {"answer": "Yes.", "answered_at": timezone.now()}, "answered_at_with_by"),
        (make_question, {"removed_at": timezone.now()}, "question_removed_at_with_by"),
    ],
)
def test_the_database_refuses(cast, visit, make, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(visit, **fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"words": ""}, "says_something"),
        ({"outcome": "perhaps", "said_at": timezone.now()}, "promise_outcome"),
        ({"outcome": "kept"}, "outcome_with_said_at"),
        ({"outcome_words": "Done."}, "outcome_with_said_at"),
        ({"outcome": "kept", "said_at": timezone.now()}, "said_at_with_by"),
        ({"removed_at": timezone.now()}, "promise_removed_at_with_by"),
    ],
)
def test_the_database_refuses_a_promise(cast, visit, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_promise(visit, cast.learner, **fields)


@pytest.mark.parametrize("make", [make_observation, make_question])
def test_the_id_that_a_phone_made_is_there_once(visit, make):
    uid = make(visit).uid
    with pytest.raises(IntegrityError, match="uid"), transaction.atomic():
        make(visit, uid=uid)


def test_a_visit_has_one_walk(visit):
    make_walk(visit)
    with pytest.raises(IntegrityError, match="visit_id"), transaction.atomic():
        make_walk(visit)
