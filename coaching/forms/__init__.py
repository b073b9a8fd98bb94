"""What people enter about visits, requests, charters and what was recorded: shape and cleaning."""

from coaching.forms.away import LeaveForm, TravelForm
from coaching.forms.charters import CharterFilter, CharterForm, EndCharterForm, GiveDaysForm, ReflectionForm
from coaching.forms.documents import DocumentForm
from coaching.forms.drops import DropForm, VisitDropForm
from coaching.forms.finding import FindForm, ProfileForm
from coaching.forms.memos import MemoForm, PaperForm, SendForm
from coaching.forms.preparing import PrepareForm
from coaching.forms.records import (
    AnswerForm,
    ObservationForm,
    OutcomeForm,
    PieceForm,
    PromiseForm,
    QuestionForm,
    VisitNoteForm,
    WalkForm,
)
from coaching.forms.requests import DeclineRequestForm, RequestForm
from coaching.forms.visits import CancelForm, DeclineForm, MoveForm, PlaceForm, SeriesForm, VisitForm, WaiveForm

__all__ = [
    "AnswerForm",
    "CancelForm",
    "CharterFilter",
    "CharterForm",
    "DeclineForm",
    "DeclineRequestForm",
    "DocumentForm",
    "DropForm",
    "EndCharterForm",
    "FindForm",
    "GiveDaysForm",
    "LeaveForm",
    "MemoForm",
    "MoveForm",
    "ObservationForm",
    "OutcomeForm",
    "PaperForm",
    "PieceForm",
    "PlaceForm",
    "PrepareForm",
    "ProfileForm",
    "PromiseForm",
    "QuestionForm",
    "ReflectionForm",
    "RequestForm",
    "SendForm",
    "SeriesForm",
    "TravelForm",
    "VisitDropForm",
    "VisitForm",
    "VisitNoteForm",
    "WaiveForm",
    "WalkForm",
]
