"""Requests for coaching, the visits that answer them, what takes coaches' time, and each person's calendar feed."""

from coaching.models.away import Leave, TravelDay
from coaching.models.feeds import CalendarFeed
from coaching.models.kinds import Kind
from coaching.models.overrides import Override
from coaching.models.profiles import CoachProfile
from coaching.models.requests import VisitRequest
from coaching.models.series import VisitSeries
from coaching.models.touched import SheetTouched
from coaching.models.visits import Visit

__all__ = [
    "CalendarFeed",
    "CoachProfile",
    "Kind",
    "Leave",
    "Override",
    "SheetTouched",
    "TravelDay",
    "Visit",
    "VisitRequest",
    "VisitSeries",
]
