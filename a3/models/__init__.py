"""Sheets, what stands on them, and what was said about it."""

from a3.models.agreements import Agreement
from a3.models.books import Book, BookItem
from a3.models.effects import Effect
from a3.models.figures import Figure, FigureKind
from a3.models.fullness import Fullness
from a3.models.marked_prints import MarkedPrint
from a3.models.notes import CoachNote
from a3.models.photos import Photo
from a3.models.presences import Presence
from a3.models.prints import Paper, SheetPrint
from a3.models.remarks import Kind, Remark
from a3.models.reviewers import Reviewer
from a3.models.rounds import Round, TakeBack
from a3.models.saved_lists import SavedList
from a3.models.sections import Section
from a3.models.sheets import Audience, Sheet, State
from a3.models.states import StateChange
from a3.models.talks import Talk
from a3.models.types import Half, SectionType, SheetType
from a3.models.words import SheetWords

__all__ = [
    "Agreement",
    "Audience",
    "Book",
    "BookItem",
    "CoachNote",
    "Effect",
    "Figure",
    "FigureKind",
    "Fullness",
    "Half",
    "Kind",
    "MarkedPrint",
    "Paper",
    "Photo",
    "Presence",
    "Remark",
    "Reviewer",
    "Round",
    "SavedList",
    "Section",
    "SectionType",
    "Sheet",
    "SheetPrint",
    "SheetType",
    "SheetWords",
    "State",
    "StateChange",
    "TakeBack",
    "Talk",
]
