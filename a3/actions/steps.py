"""Steps of a plan and checks of measures as what people owe: told once, changed with the data, ended with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.actions.holding import kept
from a3.models import Figure, FigureKind, Section, Sheet, State
from a3.naming import people_of
from partners.actions import call_off, owe, settle
from partners.models import Obligation, Person

BY = dt.time(17)  # of the day it is due, as the site counts hours
REMINDED = dt.time(8)
REMINDED_BEFORE = (3, 0)  # days


@dataclass(frozen=True)
class Step:
    """One row that waits for one person; without a day it waits until it is done."""

    figure: Figure
    row: dict[str, Any]

    @property
    def key(self) -> str:
        return f"sheet:{self.figure.sheet_id}:figure:{self.figure.pk}:{self.row['id']}"

    @property
    def url(self) -> str:
        return reverse("a3:step_detail", args=[self.figure.sheet_id, self.figure.pk, self.row["id"]])

    @property
    def person_id(self) -> int | None:
        person: int | None = (self.row.get("who") or {}).get("person")
        return person

    @property
    def is_check(self) -> bool:
        return self.figure.kind == FigureKind.MEASURES or self.row.get("kind") == "check"

    @property
    def what(self) -> str:
        return str(self.row.get("measure") or self.row.get("what") or "")

    @property
    def is_done(self) -> bool:
        return bool(self.row.get("done_on"))

    @property
    def due_on(self) -> dt.date | None:
        day = self.row.get("when" if self.figure.kind == FigureKind.MEASURES else "until")
        return dt.date.fromisoformat(day) if day else None

    @property
    def words(self) -> str:
        return f"{'Check' if self.is_check else 'Do'} “{self.what}” for the A3 “{self.figure.sheet.title}”"[:200]

    def at(self, clock: dt.time, *, days_before: int = 0) -> dt.datetime | None:
        """That hour of the day it is due, or of some days before, at the site."""
        if self.due_on is None:
            return None
        day = self.due_on - dt.timedelta(days=days_before)
        return dt.datetime.combine(day, clock, self.figure.sheet.site.tzinfo)


def step_of(figure: Figure, row_id: str) -> Step | None:
    """Return the row of a plan or of measures with this id."""
    return next((step for step in _steps([figure]) if step.row["id"] == row_id), None)


@transaction.atomic
def follow_steps(sheet_pk: int) -> None:
    """Bring what people owe on a sheet's plans and measures up to date: call it after its figures or its text changed.

    Whoever is neither on the sheet nor at its partner any more owes nothing there, though a plan still names them. Safe
    to repeat: what stands as it should is left alone, with its reminders.
    """
    Sheet.objects.select_for_update(no_key=True).get(pk=sheet_pk)
    sheet = Sheet.objects.select_related("site", "partner", "owner").get(pk=sheet_pk)
    steps = {step.key: step for step in _steps(_placed(sheet)) if step.person_id}
    people = people_of(sheet).in_bulk([step.person_id for step in steps.values()])
    steps = {key: step for key, step in steps.items() if step.person_id in people}
    known = {o.key: o for o in Obligation.objects.filter(key__startswith=f"sheet:{sheet_pk}:figure:")}
    settle(*[key for key, step in steps.items() if step.is_done and key in known and known[key].is_open])
    call_off(*[key for key, obligation in known.items() if obligation.is_open and key not in steps])
    for key, step in steps.items():
        if not step.is_done and not _stands(known.get(key), step):
            _owe(step, people[step.person_id or 0])


@transaction.atomic
def finish_step(figure: Figure, row_id: str, *, by: Person) -> None:
    """Say that a step or check is done, today as the site counts days. Said again, it changes nothing.

    Raises NotAsSeen.
    """
    rows = Figure.objects.select_for_update(of=("self",), no_key=True).select_related("sheet__site")
    figure = rows.get(pk=figure.pk)
    kept(figure.sheet)
    step = step_of(figure, row_id)
    if step is None or step.is_done:
        return
    if figure.kind == FigureKind.PLAN:
        step.row["done_on"] = timezone.localdate(timezone=figure.sheet.site.tzinfo).isoformat()
        figure.revision += 1
        figure.changed_at, figure.changed_by = timezone.now(), by
        figure.save(update_fields=["data", "revision", "changed_at", "changed_by"])
        Sheet.objects.filter(pk=figure.sheet_id).update(updated_at=figure.changed_at)
    settle(step.key)


def _placed(sheet: Sheet) -> list[Figure]:
    """Figures with steps that stand in the text; none where the sheet was given up or archived."""
    if sheet.state == State.ABANDONED or sheet.is_archived:
        return []
    numbers = {
        number for ids in Section.objects.filter(sheet=sheet).values_list("figure_ids", flat=True) for number in ids
    }
    figures = Figure.objects.filter(Q(kind=FigureKind.PLAN) | Q(kind=FigureKind.MEASURES), sheet=sheet, pk__in=numbers)
    return list(figures.select_related("sheet__site", "sheet__partner", "sheet__owner"))


def _steps(figures: list[Figure]) -> Iterator[Step]:
    for figure in figures:
        for row in figure.data.get("rows", []):
            step = Step(figure, row)
            if figure.kind == FigureKind.PLAN or (figure.kind == FigureKind.MEASURES and step.due_on):
                yield step


def _stands(known: Obligation | None, step: Step) -> bool:
    """Whether it is owed just so; a check of a measure that was made stays so until it gets another day."""
    if known is None or known.cancelled_at or (known.settled_at and step.figure.kind == FigureKind.PLAN):
        return False
    return (known.person_id, known.words, known.due_at) == (step.person_id, step.words, step.at(BY))


def _owe(step: Step, person: Person) -> None:
    sheet = step.figure.sheet
    moments = [step.at(REMINDED, days_before=days) for days in REMINDED_BEFORE]
    owe(
        person,
        key=step.key,
        partner=sheet.partner,
        words=step.words,
        why=f"You are named in the {'follow-up' if step.figure.kind == FigureKind.MEASURES else 'plan'} of this sheet.",
        url=step.url,
        verb="Say it is done",
        asked_by=sheet.owner if sheet.owner_id != person.pk else None,
        due_at=step.at(BY),
        reminders_at=[moment for moment in moments if moment],
    )
