"""Starting a sheet and writing on it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from a3.actions.agreements import weigh
from a3.actions.catchball import NotYourBall, remind_holder
from a3.actions.effects import share_effects
from a3.actions.holding import kept
from a3.actions.letting_go import let_go
from a3.actions.steps import follow_steps
from a3.actions.twice import sent_before
from a3.models import Agreement, Figure, Section, Sheet
from a3.models.rules import MOST_LEVELS
from a3.models.sections import SectionQuerySet
from a3.models.sheets import SheetQuerySet
from a3.sanitising import figures_in
from partners.models import Person


class NotOfThisSheet(Exception):
    """A text places a figure that is none of its sheet's."""


class Conflict(Exception):
    """This section was saved from elsewhere, perhaps another tab, in the meantime; `section` is as it is now."""

    def __init__(self, section: Section) -> None:
        super().__init__("This section was changed in the meantime.")
        self.section = section


class NotBelow(Exception):
    """A sheet cannot be part of this one: they would stand in a ring, or too many below each other."""


@contextmanager
def _cascade_held() -> Iterator[None]:
    """The database looks at cascades (a3/models/rules.py), also when two people change one at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "cascade" not in str(error):
            raise
        words = (
            f"That sheet is below this one already, or there would be more than {MOST_LEVELS} levels: choose another."
        )
        raise NotBelow(words) from error


@transaction.atomic
def start_sheet(sheet: Sheet, *, by: Person) -> Sheet:
    """Save a new sheet with the empty sections of its type. `by` owns it, and it is their turn. Raises NotBelow.

    The same begun once more within a minute is one sheet.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = {"type": sheet.type, "title": sheet.title, "site": sheet.site, "parent": sheet.parent, "round_number": 1}
    if before := sent_before(by.owned_sheets.filter(copied_from=None), at="ball_since", **same):
        return before
    sheet.owner = sheet.ball = by
    with _cascade_held():
        sheet.save()
    add_sections(sheet)
    remind_holder(sheet, asked_by=None)
    return sheet


@transaction.atomic
def change_particulars(sheet: Sheet, *, fields: list[str]) -> None:
    """Save the named fields of a sheet, and nothing else: the ball may have moved since it was read.

    Raises NotYourBall when coach or sponsor are to change while one of them holds the ball, NotBelow, and NotAsSeen.
    """
    now = kept(sheet)
    if now.ball_id != now.owner_id and {"coach", "sponsor"} & set(fields):
        raise NotYourBall(f"It is {now.ball.name}'s turn now: change the coach or the sponsor when it is yours again.")
    sheet.updated_at = timezone.now()
    with _cascade_held():
        sheet.save(update_fields=[*fields, "updated_at"])
    if {"coach", "sponsor"} & set(fields):
        for person in {p for p in (now.coach, now.sponsor) if p} - {sheet.coach, sheet.sponsor, sheet.owner}:
            let_go(sheet, person)
        follow_steps(sheet.pk)
    if "audience" in fields:
        share_effects(sheet)


def add_sections(sheet: Sheet) -> None:
    """Give a new sheet the empty sections of its type."""
    Section.objects.bulk_create(Section(sheet=sheet, type=kind) for kind in sheet.type.sections.all())


@transaction.atomic
def save_section(pk: int, *, body: str, revision: int, by: Person, writing: tuple[str, int] = ("", 0)) -> int:
    """Write `body` (already sanitised) over the revision it was made from; returns the new revision.

    Agreements on what it said lapse. Raises Section.DoesNotExist when `by` may not write there, Conflict when the
    section has another revision by now. No conflict: the same text sent twice, and the next step of the very editor
    that saved last, because the answer that told it the new revision was lost on the way. `writing` is the editor's
    name and the number of this step. NotOfThisSheet when the text places a figure of another sheet.
    """
    (editor, step), now = writing, timezone.now()
    said = {"body": body, "writing": editor, "step": step, "changed_at": now}
    figures = figures_in(body)
    is_agreed_on = Section.objects.write_over(Section(pk=pk, revision=revision, figure_ids=figures, **said), by=by)
    if is_agreed_on is None:
        return _write_otherwise(pk, said | {"figure_ids": figures, "changed_by": by}, revision)
    if is_agreed_on:
        weigh(Agreement.objects.filter(sheet__sections=pk))
    return revision + 1


def _write_otherwise(pk: int, said: dict[str, Any], revision: int) -> int:
    """With other figures than before, or as the next step of the editor that saved last, or not at all."""
    mine = Section.objects.editable_by(said["changed_by"]).filter(pk=pk)
    next_step = mine.filter(writing=said["writing"], step__lt=said["step"]).exclude(writing="")
    if not (_write(mine.filter(revision=revision), said) or _write(next_step, said)):
        return _already_saved(mine.select_related("type", "sheet", "changed_by").get(), said["body"])
    written = mine.get()
    said_otherwise(Sheet.objects.filter(pk=written.sheet_id), at=said["changed_at"])
    return written.revision


def said_otherwise(sheets: SheetQuerySet, *, at: dt.datetime) -> None:
    """Note, in the transaction that changed what a sheet says, that it did: agreements on it may lapse.

    One statement for a sheet that nobody has agreed on, which whoever agrees at the same moment waits for. No join
    stands in `sheets`: the UPDATE must look at the row itself once more after waiting.
    """
    if not sheets.filter(is_agreed_on=False).update(updated_at=at):
        sheets.update(updated_at=at)
        weigh(Agreement.objects.filter(sheet__in=sheets))


def _write(section: SectionQuerySet, said: dict[str, Any]) -> int:
    """Write over the section if it is still there; a text that places other figures than before is looked at first."""
    before = section.first()
    if before is None:
        return 0
    figures = said["figure_ids"]
    if figures == before.figure_ids:
        return section.update(revision=F("revision") + 1, **said)
    if Figure.objects.filter(sheet=before.sheet_id, pk__in=figures).count() != len(figures):
        raise NotOfThisSheet(
            "A diagram here belongs to another sheet and is not kept with this one: take it out, then add one here."
        )
    changed = section.update(revision=F("revision") + 1, **said)
    follow_steps(before.sheet_id)
    return changed


def _already_saved(section: Section, body: str) -> int:
    if section.body != body:
        raise Conflict(section)
    return section.revision
