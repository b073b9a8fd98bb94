"""What comes in about sheets."""

from a3.forms.agreements import AgreementForm, AnswerForm
from a3.forms.archive import ArchiveForm
from a3.forms.codes import CopyForm
from a3.forms.filters import FilterForm, SavedListForm
from a3.forms.notes import CoachNoteForm
from a3.forms.remarks import RemarkAnswerForm, RemarkForm, ReplyForm
from a3.forms.reviewers import ReviewerForm
from a3.forms.sheets import (
    AddedTextForm,
    HandOverForm,
    PhotoForm,
    PresenceForm,
    RevisionForm,
    SectionForm,
    SheetChangeForm,
    SheetForm,
)
from a3.forms.states import StateForm, TakeBackForm
from a3.forms.talks import AcceptForm, EndForm, TalkForm, TimesForm

__all__ = [
    "AcceptForm",
    "AddedTextForm",
    "AgreementForm",
    "AnswerForm",
    "ArchiveForm",
    "CoachNoteForm",
    "CopyForm",
    "EndForm",
    "FilterForm",
    "HandOverForm",
    "PhotoForm",
    "PresenceForm",
    "RemarkAnswerForm",
    "RemarkForm",
    "ReplyForm",
    "ReviewerForm",
    "RevisionForm",
    "SavedListForm",
    "SectionForm",
    "SheetChangeForm",
    "SheetForm",
    "StateForm",
    "TakeBackForm",
    "TalkForm",
    "TimesForm",
]
