"""What people enter about visits, requests and charters: shape and cleaning."""

from coaching.forms.away import LeaveForm, TravelForm
from coaching.forms.charters import CharterFilter, CharterForm, EndCharterForm, GiveDaysForm, ReflectionForm
from coaching.forms.drops import DropForm, VisitDropForm
from coaching.forms.finding import FindForm, ProfileForm
from coaching.forms.requests import DeclineRequestForm, RequestForm
from coaching.forms.visits import CancelForm, MoveForm, PlaceForm, SeriesForm, VisitForm

__all__ = [
    "CancelForm",
    "CharterFilter",
    "CharterForm",
    "DeclineRequestForm",
    "DropForm",
    "EndCharterForm",
    "FindForm",
    "GiveDaysForm",
    "LeaveForm",
    "MoveForm",
    "PlaceForm",
    "ProfileForm",
    "ReflectionForm",
    "RequestForm",
    "SeriesForm",
    "TravelForm",
    "VisitDropForm",
    "VisitForm",
]
