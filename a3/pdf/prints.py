"""From the row of a print to its file, and who may write the result."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, cast

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from a3.models import Photo, SheetPrint
from a3.models.printing import Printing
from a3.pdf.fitting import InTheWay
from a3.pdf.paper import Job, Printed, render
from a3.pdf.press import CannotPrint
from a3.pdf.versions import shown

logger = logging.getLogger(__name__)
TOO_SLOW = "Drawing the page took more than a minute. Shorten it, or take out large tables, then print again."
BROKEN = "Something went wrong while the page was drawn; it was noted. Try again, and tell LEI if it happens again."


def make(pk: int) -> None:
    """Make the file of one print of a sheet."""
    draw(SheetPrint, pk, lambda row: render(_job(row)))


def draw[P: Printing](kind: type[P], pk: int, drawn: Callable[[P], Printed]) -> None:
    """Make the file of one print. Whoever claims the row makes it; a second call, or a row gone, does nothing."""
    claimed_at = timezone.now()
    rows = cast("Any", kind).objects
    if not rows.claim(pk, claimed_at):
        return
    row: P = rows.get(pk=pk)
    try:
        printed = drawn(row)
    except InTheWay as error:
        too_long = [asdict(overflow) for overflow in error.overflows]
        _fail(row, claimed_at, str(error), too_long=too_long)
    except CannotPrint as error:
        _fail(row, claimed_at, str(error), may_try_again=error.may_try_again)
    except SoftTimeLimitExceeded:
        _fail(row, claimed_at, TOO_SLOW)
    except Exception:
        logger.exception("%s %s broke", kind.__name__, pk)
        _fail(row, claimed_at, BROKEN, may_try_again=True)
    else:
        _keep(row, claimed_at, printed)


def _job(row: SheetPrint) -> Job:
    return Job(
        **shown(row.version),
        address=settings.SITE_URL + row.get_absolute_url(),
        short_code=row.short_code,
        paper=row.paper,
        with_remarks=row.with_remarks,
        pictures=pictures_of(row.sheet_id),
    )


def pictures_of(sheet_pk: int) -> dict[str, Callable[[], bytes]]:
    """The photos of one sheet by the address at which its text shows them; nothing of any other sheet."""
    photos = Photo.objects.filter(sheet=sheet_pk)
    return {settings.SITE_URL + photo.get_absolute_url(): partial(_bytes_of, photo) for photo in photos}


def _bytes_of(photo: Photo) -> bytes:
    with (photo.paper_file or photo.file).open() as file:
        content: bytes = file.read()
    return content


def _keep(row: Printing, claimed_at: dt.datetime, printed: Printed) -> None:
    row.file.save("print.pdf", ContentFile(printed.pdf), save=False)
    if not _end(row, claimed_at, ready_at=timezone.now(), file=row.file.name, pages=printed.pages):
        row.file.delete(save=False)


def _fail(row: Printing, claimed_at: dt.datetime, failure: str, *, may_try_again: bool = False, **more: Any) -> None:
    _end(row, claimed_at, failed_at=timezone.now(), failure=failure, may_try_again=may_try_again, **more)


def _end(row: Printing, claimed_at: dt.datetime, **fields: Any) -> bool:
    """Write the outcome, unless somebody else has taken the row over because this was too slow."""
    mine = cast("Any", type(row)).objects.filter(pk=row.pk, started_at=claimed_at)
    return bool(mine.update(**fields) == 1)
