"""What people enter about visits and requests: shape and cleaning."""

from coaching.forms.away import LeaveForm, TravelForm
from coaching.forms.drops import RequestDropForm, VisitDropForm
from coaching.forms.finding import FindForm, ProfileForm
from coaching.forms.requests import DeclineRequestForm, RequestForm
from coaching.forms.visits import CancelForm, MoveForm, PlaceForm, SeriesForm, VisitForm

__all__ = [
    "CancelForm",
    "DeclineRequestForm",
    "FindForm",
    "LeaveForm",
    "MoveForm",
    "PlaceForm",
    "ProfileForm",
    "RequestDropForm",
    "RequestForm",
    "SeriesForm",
    "TravelForm",
    "VisitDropForm",
    "VisitForm",
]
