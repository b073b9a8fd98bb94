"""A new sheet that begins with what another one says."""

import re
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from a3.actions.catchball import remind_holder
from a3.actions.holding import locked
from a3.actions.twice import sent_before
from a3.contents import PROGRESS
from a3.models import Figure, FigureKind, Photo, Section, Sheet
from a3.sanitising import PLACE, figures_in
from partners.models import Person, Site

PHOTO = re.compile(r'(?<=src=")/a3/photos/(\d{1,18})/(?=")')
WITH_PEOPLE = {FigureKind.PLAN, FigureKind.MEASURES, FigureKind.COUNTERMEASURES}
MARK = re.compile(r"</?mark[^>]*>")  # the coach's pen belongs to the remarks, which stay where they are
KEPT = ("type_id", "partner_id", "priority_id", "purpose", "alignment", "right_work")


@transaction.atomic
def copy_sheet(source: Sheet, *, title: str, site: Site, by: Person) -> Sheet:
    """Start a sheet of `by` with the sections, figures and photos of another, and its three answers.

    Rounds, remarks, agreements, talks and effects stay where they were made. Names stay in plans and measures, but
    nobody owes anything until the owner saves them; what was done there is not done here. The same copied once more
    within a minute is one copy.
    """
    source = locked(source)  # so that it does not get another type while it is read
    same = {"title": title, "site": site, "owner": by, "copied_from": source, "round_number": 1}
    if before := sent_before(Sheet.objects.all(), at="ball_since", **same):
        return before
    copy = Sheet(title=title, site=site, owner=by, ball=by, copied_from=source)
    for name in KEPT:
        setattr(copy, name, getattr(source, name))
    copy.save()
    bodies = {section.type_id: section.body for section in source.sections.all()}
    figures = _copy_figures(source, copy, bodies.values(), by=by)
    photos = _copy_photos(source, copy, bodies.values(), by=by)
    Section.objects.bulk_create(
        _section(copy, kind.pk, _pointed(bodies.get(kind.pk, ""), figures, photos), by=by)
        for kind in copy.type.sections.all()
    )
    remind_holder(copy, asked_by=None)
    return copy


def _section(sheet: Sheet, kind: int, body: str, *, by: Person) -> Section:
    written = {"changed_at": timezone.now(), "changed_by": by} if body else {}
    return Section(sheet=sheet, type_id=kind, body=body, figure_ids=figures_in(body), **written)


def _copy_figures(source: Sheet, copy: Sheet, bodies: Any, *, by: Person) -> dict[int, int]:
    placed = {number for body in bodies for number in figures_in(body)}
    numbers = {}
    for figure in Figure.objects.filter(sheet=source, pk__in=placed):
        old = figure.pk
        figure.pk, figure.sheet, figure.revision = None, copy, 0
        figure.changed_at, figure.changed_by = timezone.now(), by
        rows = figure.data.get("rows", [])
        figure.data = figure.data | {"rows": [_fresh(row) for row in rows] if figure.kind in WITH_PEOPLE else rows}
        figure.save(force_insert=True)
        numbers[old] = figure.pk
    return numbers


def _fresh(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a plan without what was done; people as plain names."""
    kept = {name: value for name, value in row.items() if name not in PROGRESS}
    return {name: _nobody(value) for name, value in kept.items()}


def _nobody(value: Any) -> Any:
    return value | {"person": None} if isinstance(value, dict) and "person" in value else value


def _copy_photos(source: Sheet, copy: Sheet, bodies: Any, *, by: Person) -> dict[int, str]:
    """Files of their own: taking a photo off one sheet takes none from the other."""
    placed = {int(number) for body in bodies for number in PHOTO.findall(body)}
    addresses = {}
    for photo in Photo.objects.filter(sheet=source, pk__in=placed):
        own = Photo(sheet=copy, width=photo.width, height=photo.height, sha256=photo.sha256, uploaded_by=by)
        for old, new in ((photo.file, own.file), (photo.paper_file, own.paper_file)):
            if old:
                new.save(str(old.name), _content_of(old), save=False)
        own.save()
        addresses[photo.pk] = own.get_absolute_url()
    return addresses


def _content_of(file: FieldFile) -> "ContentFile[bytes]":
    with file.open("rb") as opened:
        return ContentFile(opened.read())


def _pointed(body: str, figures: dict[int, int], photos: dict[int, str]) -> str:
    """The text with its figures and photos those of the copy; a figure that is gone is taken out."""
    body = PLACE.sub(lambda match: _placed(figures.get(int(match[1]))), body)
    body = MARK.sub("", body)
    return PHOTO.sub(lambda match: photos.get(int(match[1]), match[0]), body)


def _placed(number: int | None) -> str:
    return f'<figure data-figure="{number}"></figure>' if number else ""
