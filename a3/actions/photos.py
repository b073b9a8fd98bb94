"""Putting a photo on a sheet."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from a3.models import Photo, Sheet
from a3.pictures import Picture
from partners.models import Person


def add_photo(sheet: Sheet, picture: Picture, *, by: Person) -> Photo:
    """Keep a prepared picture with the sheet. Sent twice (a phone was off line), it is one photo."""
    known = Photo.objects.filter(sheet=sheet, sha256=picture.sha256)
    if found := known.first():
        return found
    photo = Photo(sheet=sheet, width=picture.width, height=picture.height, sha256=picture.sha256, uploaded_by=by)
    photo.file.save(f"photo.{picture.ending}", ContentFile(picture.content), save=False)
    try:
        with transaction.atomic():
            photo.save()
    except IntegrityError:
        photo.file.delete(save=False)
        return known.get()
    return photo
