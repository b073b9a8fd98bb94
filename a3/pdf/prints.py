"""From the row of a print to its file: what goes in, its key, and who may write the result."""

import base64
import datetime as dt
import hashlib
import json
import logging
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from a3.drawings import Drawings, figures_of, kept_of
from a3.models import Figure, Half, Photo, Section, Sheet, SheetPrint
from a3.pdf.paper import Job, render
from a3.pdf.press import STYLES, CannotPrint

logger = logging.getLogger(__name__)
TOO_SLOW = "Drawing the page took more than a minute. Shorten the sheet, or take out large tables, then print again."
BROKEN = "Something went wrong while the page was drawn; it was noted. Try again, and tell LEI if it happens again."
CHANGED = "The sheet was changed while this waited for the printer. Print again to get it as it is now."


@dataclass(frozen=True)
class Content:
    """What of a sheet goes on paper, read once."""

    sheet: Sheet
    sections: list[Section]
    photos: list[Photo]
    figures: list[Figure]

    @classmethod
    def of(cls, sheet_pk: int) -> "Content":
        sheet = Sheet.objects.with_people().get(pk=sheet_pk)
        sections = list(sheet.sections.in_order())
        return cls(sheet, sections, list(sheet.photos.all()), figures_of(sections))

    def half(self, half: Half) -> list[Section]:
        return [section for section in self.sections if section.half == half]

    @property
    def on(self) -> dt.date:
        """The day of the last change, as the site counts days."""
        return timezone.localtime(self.sheet.updated_at, self.sheet.site.tzinfo).date()

    def key(self, paper: str) -> str:
        """A hash of everything on the paper, and of how it is drawn."""
        sheet = self.sheet
        head = [sheet.partner.name, sheet.site.name, sheet.title, sheet.round_number, sheet.started_on, self.on]
        people = [person.name if person else "" for person in (sheet.owner, sheet.coach, sheet.sponsor)]
        texts = [[section.number, section.half, section.name, section.hint, section.body] for section in self.sections]
        photos = [photo.sha256 for photo in self.photos]
        drawn = kept_of(self.figures)
        whole = json.dumps([paper, settings.SITE_URL, _design(), head, people, texts, photos, drawn], default=str)
        return hashlib.sha256(whole.encode()).hexdigest()


def key_of(sheet: Sheet, *, paper: str) -> str:
    """The key of what `sheet` would look like on that paper now."""
    return Content.of(sheet.pk).key(paper)


def make(pk: int) -> None:
    """Make the file of one print. Whoever claims the row makes it; a second call, or a row gone, does nothing."""
    claimed_at = timezone.now()
    if not SheetPrint.objects.claim(pk, claimed_at):
        return
    row = SheetPrint.objects.get(pk=pk)
    try:
        content = Content.of(row.sheet_id)
        _pin(row, content)
        pdf = render(_job(row, content))
    except CannotPrint as error:
        _end(row, claimed_at, failed_at=timezone.now(), failure=str(error))
    except SoftTimeLimitExceeded:
        _end(row, claimed_at, failed_at=timezone.now(), failure=TOO_SLOW)
    except Exception:
        logger.exception("Print %s broke", pk)
        _end(row, claimed_at, failed_at=timezone.now(), failure=BROKEN)
    else:
        _keep(row, claimed_at, pdf)


def _pin(row: SheetPrint, content: Content) -> None:
    """The sheet may have changed since it was asked for: the row's key is always that of its file."""
    key = content.key(row.paper)
    if key == row.version_key:
        return
    try:
        with transaction.atomic():
            SheetPrint.objects.filter(pk=row.pk).update(version_key=key)
    except IntegrityError as error:
        raise CannotPrint(CHANGED) from error
    row.version_key = key


def _job(row: SheetPrint, content: Content) -> Job:
    base = settings.SITE_URL
    return Job(
        sheet=content.sheet,
        drawings=Drawings.of(content.figures, today=content.on),
        left=content.half(Half.LEFT),
        right=content.half(Half.RIGHT),
        on=content.on,
        address=base + row.get_absolute_url(),
        short_code=row.short_code,
        paper=row.paper,
        pictures={base + photo.get_absolute_url(): partial(_bytes_of, photo) for photo in content.photos},
    )


def _bytes_of(photo: Photo) -> bytes:
    with photo.file.open() as file:
        content: bytes = file.read()
    return content


def _keep(row: SheetPrint, claimed_at: dt.datetime, pdf: bytes) -> None:
    row.file.save("sheet.pdf", ContentFile(pdf), save=False)
    if not _end(row, claimed_at, ready_at=timezone.now(), file=row.file.name, pages=1):
        row.file.delete(save=False)


def _end(row: SheetPrint, claimed_at: dt.datetime, **fields: Any) -> bool:
    """Write the outcome, unless somebody else has taken the row over because this was too slow."""
    return SheetPrint.objects.filter(pk=row.pk, started_at=claimed_at).update(**fields) == 1


@cache
def _design() -> str:
    """A hash of template, figures and style sheets: a sheet printed after a change of design is another file."""
    drawing = sorted((settings.BASE_DIR / "a3/figures").glob("*.py"))
    templates = [settings.BASE_DIR / "templates/a3" / name for name in ("_sheet.html", "sheet_print.html")]
    styles = [Path(str(finders.find(name))) for name in STYLES]
    return base64.b32encode(
        hashlib.sha256(b"".join(path.read_bytes() for path in drawing + templates + styles)).digest()
    ).decode()
