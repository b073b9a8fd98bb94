"""Requests, the visits that answer them, coaches' time, calendar feeds, and the charter all of it serves."""

from coaching.models.away import Leave, TravelDay
from coaching.models.charter_versions import CharterVersion
from coaching.models.charters import Charter, Side
from coaching.models.feeds import CalendarFeed
from coaching.models.kinds import Kind, VisitSide
from coaching.models.overrides import Override
from coaching.models.preparations import Preparation
from coaching.models.profiles import CoachProfile
from coaching.models.reflections import Reflection
from coaching.models.requests import VisitRequest
from coaching.models.series import VisitSeries
from coaching.models.touched import SheetTouched
from coaching.models.visits import Visit

__all__ = [
    "CalendarFeed",
    "Charter",
    "CharterVersion",
    "CoachProfile",
    "Kind",
    "Leave",
    "Override",
    "Preparation",
    "Reflection",
    "SheetTouched",
    "Side",
    "TravelDay",
    "Visit",
    "VisitRequest",
    "VisitSeries",
    "VisitSide",
]
