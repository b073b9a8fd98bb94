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
    now, (editor, step) = timezone.now(), writing
    mine = Section.objects.editable_by(by).filter(pk=pk)
    said = {"body": body, "writing": editor, "step": step, "changed_at": now, "changed_by": by}
    revised = {"revision": F("revision") + 1} | said
    if _write(mine.filter(revision=revision), revised):
        revision += 1
    elif editor and _write(mine.filter(writing=editor, step__lt=step), revised):
        revision = mine.values_list("revision", flat=True).get()
    else:
        return _already_saved(mine.select_related("type", "sheet", "changed_by").get(), body)
    said_otherwise(Sheet.objects.filter(pk__in=Section.objects.filter(pk=pk).values("sheet")), at=now)
    return revision


def said_otherwise(sheets: SheetQuerySet, *, at: dt.datetime) -> None:
    """Note, in the transaction that changed what a sheet says, that it did: agreements on it may lapse.

    One statement for a sheet that nobody has agreed on, which whoever agrees at the same moment waits for. No join
    stands in `sheets`: the UPDATE must look at the row itself once more after waiting.
    """
    if not sheets.filter(is_agreed_on=False).update(updated_at=at):
        sheets.update(updated_at=at)
        weigh(Agreement.objects.filter(sheet__in=sheets))


def _write(section: SectionQuerySet, fields: dict[str, Any]) -> int:
    """Write over the section if it is still there; a text that places other figures than before is looked at first."""
    numbers = figures_in(fields["body"])
    if section.filter(figure_ids=numbers).update(**fields):
        return 1
    other = section.first()
    if other is None:
        return 0
    if Figure.objects.filter(sheet=other.sheet_id, pk__in=numbers).count() != len(numbers):
        raise NotOfThisSheet(
            "A diagram here belongs to another sheet and is not kept with this one: take it out, then add one here."
        )
    changed = section.update(figure_ids=numbers, **fields)
    follow_steps(other.sheet_id)
    return changed


def _already_saved(section: Section, body: str) -> int:
    if section.body != body:
        raise Conflict(section)
    return section.revision
