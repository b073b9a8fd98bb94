"""What people enter about visits and requests: shape and cleaning."""

from coaching.forms.away import LeaveForm, TravelForm
from coaching.forms.drops import RequestDropForm, VisitDropForm
from coaching.forms.requests import RequestForm
from coaching.forms.visits import CancelForm, MoveForm, PlaceForm, VisitForm

__all__ = [
    "CancelForm",
    "LeaveForm",
    "MoveForm",
    "PlaceForm",
    "RequestDropForm",
    "RequestForm",
    "TravelForm",
    "VisitDropForm",
    "VisitForm",
]
