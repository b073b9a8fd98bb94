"""What people fill in about courses: shape and cleaning."""

from courses.forms.enrolling import (
    CancelForm,
    GiveSeatsForm,
    InsteadForm,
    LateForm,
    MarkForm,
    OfferingForm,
    ReasonForm,
    SearchForm,
    WhoGoesForm,
    people_of,
)
from courses.forms.importing import ColumnsForm, ImportForm, MendForm
from courses.forms.teams import NoteForm, TeamForm, TrialForm
from courses.forms.transfer import AskBackForm, FollowUpForm, PlanForm, PurposeForm, ReactionForm, likely_managers

__all__ = [
    "AskBackForm",
    "CancelForm",
    "ColumnsForm",
    "FollowUpForm",
    "GiveSeatsForm",
    "ImportForm",
    "InsteadForm",
    "LateForm",
    "MarkForm",
    "MendForm",
    "NoteForm",
    "OfferingForm",
    "PlanForm",
    "PurposeForm",
    "ReactionForm",
    "ReasonForm",
    "SearchForm",
    "TeamForm",
    "TrialForm",
    "WhoGoesForm",
    "likely_managers",
    "people_of",
]
