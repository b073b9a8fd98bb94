"""Getting a visit ready: where to meet, who comes, which sheets it is about, and what the host prepares."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from a3.models import Sheet
from coaching.models import Preparation, SheetTouched, Visit
from partners.models import Person


class Prepared(TypedDict):
    """How a visit is prepared: where and how, others who come, the sheets it is about, lines for the host."""

    logistics: str
    others: str
    sheets: Iterable[Sheet]
    lines: Iterable[str]


@transaction.atomic
def prepare(visit: Visit, *, by: Person, **given: Unpack[Prepared]) -> None:
    """Write it down. Sheets that `by` does not see stay as they are; lines that are ticked stay ticked."""
    Visit.objects.filter(pk=visit.pk).update(logistics=given["logistics"], others=given["others"])
    _touch(visit, set(given["sheets"]), by)
    wanted = list(dict.fromkeys(line for line in given["lines"] if line))
    visit.preparations.exclude(words__in=wanted).delete()
    Preparation.objects.bulk_create(
        (Preparation(visit=visit, words=line, added_by=by) for line in wanted), ignore_conflicts=True
    )


def _touch(visit: Visit, sheets: set[Sheet], by: Person) -> None:
    seen = Sheet.objects.visible_to(by).values("pk")
    visit.touched.filter(sheet__in=seen).exclude(sheet__in=sheets).delete()
    SheetTouched.objects.bulk_create(
        (SheetTouched(visit=visit, sheet=sheet, added_by=by) for sheet in sheets), ignore_conflicts=True
    )


def tick(line: Preparation, *, by: Person, is_done: bool) -> None:
    """Mark a line as done or not; twice is no error."""
    deed = {"done_at": timezone.now(), "done_by": by} if is_done else {"done_at": None, "done_by": None}
    Preparation.objects.filter(pk=line.pk, done_at__isnull=is_done).update(**deed)
