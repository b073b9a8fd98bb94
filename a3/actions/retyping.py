"""Giving a draft another type: its texts, figures and remarks move along."""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.html import format_html

from a3.actions.holding import kept
from a3.actions.sheets import said_otherwise
from a3.actions.steps import follow_steps
from a3.models import Remark, Section, SectionType, Sheet, SheetType, State
from a3.retyping import Move, moves, token
from a3.sanitising import Refused, figures_in, sanitise
from partners.models import Person

WRITTEN = "Somebody wrote on the sheet in the meantime. Look at what goes where once more."


class CannotRetype(Exception):
    """The sheet is no draft (any more), somebody wrote on it meanwhile, or its texts do not fit together."""


@transaction.atomic
def change_type(sheet: Sheet, to: SheetType, *, seen: str, by: Person) -> Sheet:
    """Move what stands in each section to the section of the other type that `a3.retyping.moves` names.

    `seen` is the token of what was looked at. Revisions rise: what somebody is writing at this moment meets a conflict
    and is not lost. Raises CannotRetype, NotAsSeen.
    """
    held = Section.objects.filter(sheet=sheet).order_by("pk").select_for_update(of=("self",), no_key=True)
    sections = sorted(held.select_related("type"), key=lambda section: section.number)
    sheet = kept(sheet)
    if sheet.state != State.DRAFT or sheet.owner != by:
        raise CannotRetype("Only the owner changes the type, and only of a draft. Nothing was changed.")
    if token(sections) != seen:
        raise CannotRetype(WRITTEN)
    planned = moves(sections, to)
    for kind in to.sections.all():
        _fill(sheet, kind, [move for move in planned if move.to == kind], by=by)
    sheet.type = to
    sheet.save(update_fields=["type"])
    said_otherwise(Sheet.objects.filter(pk=sheet.pk), at=timezone.now())
    follow_steps(sheet.pk)
    _look_at_what_is_left()
    return sheet


def _look_at_what_is_left() -> None:
    """Somebody may have pointed at a section that is taken away in this moment: the database would say so later."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        raise CannotRetype(WRITTEN) from error


def _fill(sheet: Sheet, kind: SectionType, coming: list[Move], *, by: Person) -> None:
    if not coming:
        Section.objects.create(sheet=sheet, type=kind)
        return
    coming.sort(key=lambda move: not move.is_same)  # what has the place's name stands first
    kept, *others = [move.section for move in coming]
    body = "".join(_text(move) for move in coming)
    for other in others:
        _move_remarks(other, kept)
        other.delete()
    try:
        kept.body = sanitise(body)
    except Refused as refused:
        raise CannotRetype(f"“{kind.name}” would get too much. {refused}") from refused
    kept.type, kept.figure_ids, kept.revision = kind, figures_in(kept.body), kept.revision + 1
    kept.writing, kept.step = "", 0
    if kept.body:
        kept.changed_at, kept.changed_by = timezone.now(), by
    kept.save()


def _text(move: Move) -> str:
    """Under its former name where that is not the place's."""
    body = move.section.body
    return body if move.is_same or not body else format_html("<p><strong>{}</strong></p>", move.section.name) + body


def _move_remarks(section: Section, to: Section) -> None:
    """Threads first: a reply stands on the section of its thread."""
    for remarks in (Remark.objects.filter(parent__isnull=True), Remark.objects.filter(parent__isnull=False)):
        remarks.filter(section=section).update(section=to)
    Remark.objects.filter(answered_in=section).update(answered_in=to)
