"""Putting a photo on a sheet, and one of a marked-up print beside a round."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from a3.models import MarkedPrint, Photo, Round, Sheet
from a3.pictures import Picture
from partners.models import Person


def add_photo(sheet: Sheet, picture: Picture, *, by: Person) -> Photo:
    """Keep a prepared picture with the sheet. Sent twice (a phone was off line), it is one photo."""
    photo = Photo(sheet=sheet, width=picture.width, height=picture.height, sha256=picture.sha256, uploaded_by=by)
    files = [(photo.file, picture.ending, picture.content), (photo.paper_file, "jpg", picture.for_paper)]
    return _kept(photo, files, known=Photo.objects.filter(sheet=sheet, sha256=picture.sha256))


def add_marked_print(frozen: Round, picture: Picture, *, by: Person) -> MarkedPrint:
    """Keep a prepared picture of a print that somebody wrote on, beside the round that was printed."""
    size = {"width": picture.width, "height": picture.height}
    photo = MarkedPrint(round=frozen, sha256=picture.sha256, added_by=by, **size)
    files = [(photo.file, picture.ending, picture.content)]
    return _kept(photo, files, known=MarkedPrint.objects.filter(round=frozen, sha256=picture.sha256))


def _kept[T: (Photo, MarkedPrint)](photo: T, files: list[tuple[FieldFile, str, bytes]], *, known: QuerySet[T]) -> T:
    if found := known.first():
        return found
    for file, ending, content in files:
        if content:
            file.save(f"photo.{ending}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            photo.save()
    except IntegrityError:
        for file, _, _ in files:
            file.delete(save=False)
        return known.get()
    return photo
