"""What was recorded at a visit, as its pages show it; and two versions of one piece side by side."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse

from coaching import actions
from coaching.forms import ObservationForm, PieceForm, PromiseForm, QuestionForm, WalkForm
from coaching.forms.records import sent_by
from coaching.models import Observation, Promise, Question, Visit, Walk
from coaching.models.written import Revised


@dataclass(frozen=True)
class Piece:
    """One kind of what a record is made of: how it is called, entered, written and taken out again."""

    name: str
    title: str
    model: Any
    form: type[PieceForm]
    write: Callable[..., Revised] = actions.record
    remove: Callable[..., Revised] = actions.remove
    only_on_site: bool = False


PIECES = {
    "observations": Piece("observation", "What I saw", Observation, ObservationForm, only_on_site=True),
    "questions": Piece("question", "A question for the host", Question, QuestionForm),
    "promises": Piece("promise", "A promise", Promise, PromiseForm, write=actions.promise, remove=actions.drop),
}
THEME = Piece("theme", "Theme, route, and what we learned", Walk, WalkForm, only_on_site=True)


class Blank(NamedTuple):
    """An empty form, and where it is sent: to this address and, for one of many, the id that the phone makes."""

    name: str
    title: str
    address: str
    form: PieceForm


class Difference(NamedTuple):
    """One field in which two versions differ."""

    label: str
    theirs: str
    mine: str


def record_of(visit: Visit, *, writable: bool) -> dict[str, Any]:
    """The whole record for its page: walk, observations with photos, questions and promises in their order."""
    walk: Walk | None = getattr(visit, "walk", None)
    found: dict[str, Any] = {
        "walk": walk,
        "observations": list(visit.observations.standing().with_photos().select_related("written_by")),
        "questions": list(visit.questions.standing().select_related("answered_by")),
        "promises": list(visit.promises.standing().select_related("owner", "said_by")),
    }
    if writable:
        _make_ready(walk, THEME)
        for kind, piece in PIECES.items():
            for row in found[kind]:
                _make_ready(row, piece)
    return found


def _make_ready(row: Any, piece: Piece) -> None:
    """Let a row know what its form would send, for the page to fill that form where there is no connection."""
    if row is not None:
        row.sent = json.dumps(sent_by(row, piece.form))


def forms_for(visit: Visit) -> list[Blank]:
    """An empty form of each kind, for the page to fill; their ids do not meet."""
    address = reverse("coaching:walk_detail", args=[visit.pk])
    kinds = {"edit": THEME, **PIECES}
    return [
        Blank(
            piece.name,
            piece.title,
            f"{address}{kind}/",
            piece.form(visit=visit, auto_id=f"{piece.name}-%s", initial={"revision": 0, "step": 0}),
        )
        for kind, piece in kinds.items()
        if visit.is_on_site or not piece.only_on_site
    ]


def differences(form: PieceForm, now: Revised) -> list[Difference]:
    """The fields in which what was just sent differs from what stands."""
    pairs = [(form[name], getattr(now, name), mine) for name, mine in form.said.items() if name != "seen_at"]
    return [Difference(str(f.label), _shown(f, theirs), _shown(f, mine)) for f, theirs, mine in pairs if theirs != mine]


def _shown(field: forms.BoundField, value: Any) -> str:
    choices = dict(getattr(field.field, "choices", ())) if isinstance(field.field, forms.ChoiceField) else {}
    return str(value.strftime("%-d %b %Y") if isinstance(value, dt.date) else choices.get(value, value))


def both(form: PieceForm, now: Revised) -> dict[str, str]:
    """Both versions in one: longer texts below each other, where one does not say it all; of the rest, mine."""
    texts = dict[str, str]()
    for name, mine in form.said.items():
        theirs, is_long = getattr(now, name), isinstance(form.fields[name].widget, forms.Textarea)
        texts[name] = f"{theirs}\n{mine}" if is_long and theirs not in mine and mine not in theirs else form[name].data
        if is_long and mine in theirs:
            texts[name] = theirs
    return texts
