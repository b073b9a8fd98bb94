"""Asking for a sheet on paper; and what holds for everything that a worker prints (a3.models.printing)."""

from collections.abc import Callable
from typing import Any, cast

from celery import Task
from django.db import transaction
from django.utils import timezone

from a3 import pdf, tasks
from a3.models import Paper, Round, Sheet, SheetPrint
from a3.models.printing import Printing
from partners.lib.queueing import enqueue
from partners.models import Person

MOST_A_MINUTE = 20  # asked for by one person
MOST_HERE_BY_ONE, MOST_HERE = 5, 20  # drawn within a minute by the web's own processes
BATCH = 200
GAVE_UP = "The printer stopped several times over this. Shorten it, or take out pictures, then print again."


class TooManyPrints(Exception):
    """This person, or everybody together, has asked for very many prints within a minute. It says so in words."""

    def __init__(self) -> None:
        super().__init__("Very many prints were asked for within a minute. Wait a minute, then print again.")


@transaction.atomic
def ask_for_print(
    sheet: Sheet, *, by: Person, paper: str = Paper.A3, with_remarks: bool = False, frozen: Round | None = None
) -> SheetPrint:
    """Return the print of the sheet as it is now, or as a round kept it; a worker draws it unless it is there already.

    One that failed is tried again, and so is one whose file was cleaned away. Raises TooManyPrints.
    """
    count_prints(SheetPrint, by)
    version = pdf.version_of(sheet.pk, frozen=frozen, with_remarks=with_remarks)
    options: dict[str, Any] = {"paper": paper, "with_remarks": with_remarks}
    row, created = SheetPrint.objects.get_or_create(
        sheet=sheet,
        version_key=pdf.key_of(version, **options),
        defaults=options | {"version": version, "round": frozen, "asked_by": by},
    )
    if created:
        enqueue(tasks.render, row.pk)
        return row
    return print_again(row, by=by)


def print_again(row: SheetPrint, *, by: Person) -> SheetPrint:
    """Draw once more what failed or was cleaned away: that very version, whatever the sheet says by now.

    Raises TooManyPrints.
    """
    return draw_again(row, by=by, task=tasks.render, too_long=[])


def print_here(row: SheetPrint, *, by: Person) -> None:
    """Draw it in this process, because no worker has taken it. Raises TooManyPrints."""
    draw_here(row, by=by, make=pdf.make)


def count_prints(kind: type[Printing], by: Person) -> None:
    """Raise TooManyPrints when this person has asked for very many within a minute."""
    if _rows(kind).asked_lately_by(by, timezone.now()).count() >= MOST_A_MINUTE:
        raise TooManyPrints


@transaction.atomic
def draw_again[P: Printing](row: P, *, by: Person, task: Task[..., None], **fresh: Any) -> P:
    """Queue once more what failed or was cleaned away, with what `fresh` says. Raises TooManyPrints."""
    count_prints(type(row), by)
    now = timezone.now()
    mine = _rows(type(row)).filter(pk=row.pk)
    mine.update(used_at=now)
    ended = mine.filter(failed_at__isnull=False) | mine.filter(expired_at__isnull=False)
    fresh |= {"failed_at": None, "failure": "", "may_try_again": True, "expired_at": None, "started_at": None}
    if ended.update(queued_at=now, asked_by=by, **fresh):
        enqueue(task, row.pk)
        row.refresh_from_db()
    return row


def draw_here(row: Printing, *, by: Person, make: Callable[[int], None]) -> None:
    """Draw it in this process, because no worker has taken it. Does nothing when one has in the meantime.

    Raises TooManyPrints: pages wait while a process draws, so there is a limit for one person and for all together.
    """
    lately = _rows(type(row)).drawn_lately(timezone.now())
    if lately.filter(asked_by=by).count() >= MOST_HERE_BY_ONE or lately.count() >= MOST_HERE:
        raise TooManyPrints
    make(row.pk)


def note_use(row: Printing) -> None:
    """A file that is opened is kept for another month."""
    _rows(type(row)).filter(pk=row.pk).update(used_at=timezone.now())


def queue_waiting(kind: type[Printing], task: Task[..., None]) -> None:
    """Queue again every print that nobody draws: its message was lost, or the worker that took it died."""
    now = timezone.now()
    _rows(kind).hopeless(now).update(failed_at=now, failure=GAVE_UP, may_try_again=False)
    for pk in _rows(kind).takeable(now).order_by("queued_at").values_list("pk", flat=True)[:BATCH]:
        task.delay(pk)


def clean_unused(kind: type[Printing]) -> None:
    """Take away the files that nobody has used for a month. What each says stays, so it can be made again."""
    for row in _rows(kind).unused(timezone.now())[:BATCH]:
        name = str(row.file.name)
        gone = {"ready_at": None, "file": "", "expired_at": timezone.now()}
        if _rows(kind).unused(timezone.now()).filter(pk=row.pk).update(**gone):
            row.file.storage.delete(name)


def _rows(kind: type[Printing]) -> Any:
    return cast("Any", kind).objects
