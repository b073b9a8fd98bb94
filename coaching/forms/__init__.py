"""What people enter about visits, requests and charters: shape and cleaning."""

from coaching.forms.away import LeaveForm, TravelForm
from coaching.forms.charters import CharterFilter, CharterForm, EndCharterForm, GiveDaysForm, ReflectionForm
from coaching.forms.drops import RequestDropForm, VisitDropForm
from coaching.forms.finding import FindForm, ProfileForm
from coaching.forms.preparing import PrepareForm
from coaching.forms.requests import DeclineRequestForm, RequestForm
from coaching.forms.visits import CancelForm, DeclineForm, MoveForm, PlaceForm, SeriesForm, VisitForm

__all__ = [
    "CancelForm",
    "CharterFilter",
    "CharterForm",
    "DeclineForm",
    "DeclineRequestForm",
    "EndCharterForm",
    "FindForm",
    "GiveDaysForm",
    "LeaveForm",
    "MoveForm",
    "PlaceForm",
    "PrepareForm",
    "ProfileForm",
    "ReflectionForm",
    "RequestDropForm",
    "RequestForm",
    "SeriesForm",
    "TravelForm",
    "VisitDropForm",
    "VisitForm",
]
