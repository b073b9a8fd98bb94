"""Requests, visits and what was recorded there, coaches' time, calendar feeds, and the charter all of it serves."""

from coaching.models.away import Leave, TravelDay
from coaching.models.charter_versions import CharterVersion
from coaching.models.charters import Charter, Side
from coaching.models.documents import VisitDocument
from coaching.models.feeds import CalendarFeed
from coaching.models.kinds import Kind, VisitSide
from coaching.models.memos import Memo, MemoPrint
from coaching.models.overrides import Override
from coaching.models.packs import VisitPack
from coaching.models.preparations import Preparation
from coaching.models.profiles import CoachProfile
from coaching.models.promises import Outcome, Promise
from coaching.models.reflections import Reflection
from coaching.models.requests import VisitRequest
from coaching.models.series import VisitSeries
from coaching.models.short_notices import ShortNotice
from coaching.models.touched import SheetTouched
from coaching.models.visit_notes import VisitNote
from coaching.models.visits import Visit
from coaching.models.walks import About, Certainty, Observation, Question, Walk, WalkPhoto

__all__ = [
    "About",
    "CalendarFeed",
    "Certainty",
    "Charter",
    "CharterVersion",
    "CoachProfile",
    "Kind",
    "Leave",
    "Memo",
    "MemoPrint",
    "Observation",
    "Outcome",
    "Override",
    "Preparation",
    "Promise",
    "Question",
    "Reflection",
    "SheetTouched",
    "ShortNotice",
    "Side",
    "TravelDay",
    "Visit",
    "VisitDocument",
    "VisitNote",
    "VisitPack",
    "VisitRequest",
    "VisitSeries",
    "VisitSide",
    "Walk",
    "WalkPhoto",
]
