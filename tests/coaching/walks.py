"""Rows of a visit's record; all keywords may be overridden."""

import datetime as dt
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from a3 import pictures
from coaching import actions
from coaching.models import Observation, Promise, Question, Visit, VisitNote, Walk, WalkPhoto
from partners.models import Person
from tests.cast import Cast
from tests.coaching.factories import make_confirmed


def by(person: Person) -> dict[str, Any]:
    return {"written_by": person, "changed_by": person}


def make_walk(visit: Visit, **fields: Any) -> Walk:
    defaults = {"theme": "Who waits for whom?", "route": "5 West desk\nPharmacy\nDischarge lounge"}
    return Walk.objects.create(visit=visit, **by(visit.coach), **defaults | fields)


def make_observation(visit: Visit, **fields: Any) -> Observation:
    defaults = {"saw": "Two patients dressed and waiting; the letter is not signed."}
    return Observation.objects.create(visit=visit, **by(visit.coach), **defaults | fields)


def make_question(visit: Visit, **fields: Any) -> Question:
    defaults = {"text": "Who decides that a patient may leave?"}
    return Question.objects.create(visit=visit, **by(visit.coach), **defaults | fields)


def make_promise(visit: Visit, owner: Person, **fields: Any) -> Promise:
    """Open, due two weeks after the visit."""
    defaults = {"words": "Draft the letter at the huddle", "due_on": visit.last_day + dt.timedelta(days=14)}
    return Promise.objects.create(visit=visit, owner=owner, **by(visit.coach), **defaults | fields)


def answered(promise: Promise, outcome: str, person: Person, **fields: Any) -> Promise:
    said = {"outcome": outcome, "said_at": timezone.now(), "said_by": person} | fields
    Promise.objects.filter(pk=promise.pk).update(**said)
    promise.refresh_from_db()
    return promise


def jpeg(colour: str = "teal", name: str = "board.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (120, 90), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def make_photo(observation: Observation, colour: str = "teal", **fields: Any) -> WalkPhoto:
    file = jpeg(colour)
    picture = pictures.prepare(file, size=file.size or 0)
    uid = fields.get("uid", observation.uid)
    return actions.add_walk_photo(observation, picture, uid=uid, by=observation.written_by)


def make_record(cast: Cast, **fields: Any) -> Visit:
    """A walk of some days ago with all that a record holds, after an earlier one whose promises are kept or not."""
    week = dt.timedelta(days=7)
    start = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0) - dt.timedelta(days=4)
    earlier = make_confirmed(cast.site, cast.coach, starts_at=start - 6 * week)
    for words, outcome in (
        ("Book the ride with the family at admission", "kept"),
        ("Show the queue on the board", "not_kept"),
    ):
        made = make_promise(earlier, cast.change_agent, words=words)
        answered(made, outcome, cast.change_agent, outcome_words="The board came late." if outcome != "kept" else "")
    make_promise(earlier, cast.learner, words="Walk the night shift once")
    visit = make_confirmed(cast.site, cast.coach, starts_at=start, **fields)
    make_walk(visit, learned="The letter waits for rounds; rounds wait for nobody.")
    seen = make_observation(
        visit,
        standard="Letter signed by 11:00, patient gone by noon.",
        why_asked="Because the senior signs after rounds: said by the charge nurse.",
        learned="The last step of the patient is the last step of the doctor's morning.",
        seen_at=start + dt.timedelta(minutes=12),
    )
    make_photo(seen)
    make_observation(visit, saw="“Pharmacy is always late.”", about="people", certainty="opinion")
    make_question(visit)
    answer = {"answer": "The bed manager, since May.", "answered_at": timezone.now(), "answered_by": cast.change_agent}
    make_question(visit, text="Who sees that a bed is free?", **answer)
    make_promise(visit, cast.learner)
    make_promise(visit, cast.coach, words="Send the form of the huddle in Lyon", due_on=visit.last_day)
    return visit


def a_note(cast: Cast) -> VisitNote:
    return VisitNote.objects.create(author=cast.coach, visit=make_record(cast), text="She listens more than in spring.")
