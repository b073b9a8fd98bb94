"""What is in the pack of a visit, of what its reader may see; nobody's private notes are ever among it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from a3.models import Sheet
from coaching import words
from coaching.agenda import Agenda, agenda_of
from coaching.charters import days_in_words, days_of
from coaching.models import Charter, Preparation, Promise, Question, SheetTouched, Visit, VisitDocument
from coaching.promised import Before, before
from partners.lib.pages import Some, some_of
from partners.models import Person

MOST_SHEETS = 20
MOST_QUESTIONS = 12


@dataclass(frozen=True)
class Pack:
    visit: Visit
    people: list[tuple[str, str]]  # what they are there, names
    preparations: list[Preparation]
    documents: list[VisitDocument]
    before: Before
    questions: Some[Question]
    agenda: Agenda
    charter: dict[str, Any]
    sheets: Some[Sheet]

    @property
    def place(self) -> str:
        return words.place(self.visit)

    @property
    def when(self) -> str:
        return words.when(self.visit)

    @property
    def state(self) -> str:
        return words.state(self.visit)


def pack_of(visit: Visit, reader: Person, today: dt.date) -> Pack:
    """Return what this person takes along to a visit, which comes with its site, partner, coach and request."""
    promises = Promise.objects.visible_to(reader).standing()
    questions = Question.objects.visible_to(reader).standing().filter(answered_at__isnull=True)
    earlier = questions.filter(visit__site__partner=visit.site.partner_id, visit__starts_at__lt=visit.starts_at)
    touched = SheetTouched.objects.visible_to(reader).filter(visit=visit).values("sheet")
    sheets = Sheet.objects.visible_to(reader).filter(pk__in=touched).with_head().order_by("title", "pk")
    return Pack(
        visit=visit,
        people=_people(visit, reader),
        preparations=list(Preparation.objects.visible_to(reader).filter(visit=visit)),
        documents=list(VisitDocument.objects.visible_to(reader).filter(visit=visit)),
        before=before(visit, promises, today),
        questions=some_of(earlier.select_related("visit__site").order_by("-visit__starts_at", "pk"), MOST_QUESTIONS),
        agenda=agenda_of(visit, reader),
        charter=_charter(visit, reader),
        sheets=some_of(sheets, MOST_SHEETS),
    )


def _people(visit: Visit, reader: Person) -> list[tuple[str, str]]:
    seen = Person.objects.visible_to(reader)
    agents = Person.objects.change_agents_of(visit.site.partner)
    groups = [
        ("Coach", [visit.coach.name]),
        ("Change agents", [person.name for person in seen.filter(pk__in=[agent.pk for agent in agents])]),
        ("Come along", [person.name for person in seen.filter(pk__in=visit.co_workers.values("pk"))]),
        ("And", [visit.others] if visit.others else []),
        ("Asked for by", [visit.request.asked_by.name] if visit.request else []),
    ]
    return [(name, ", ".join(names)) for name, names in groups if names]


def _charter(visit: Visit, reader: Person) -> dict[str, Any]:
    """The charter of that day in short, for who reads charters: its text, and how its days go."""
    day = visit.first_day
    found = Charter.objects.visible_to(reader).filter(partner=visit.site.partner_id).in_force(day)
    charter = found.select_related("in_force").first()
    if charter is None:
        return {}
    days = days_of(visit.site.partner, on=day)
    return {"charter": charter, "version": charter.in_force, "days": days_in_words(days) if days else ""}
