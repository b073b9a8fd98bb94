"""Photos on a sheet: re-encoded when they came in, kept apart from the web, served to those who see the sheet."""

import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


def stored_name(_photo: "Photo", name: str) -> str:
    """A name of our own; of theirs only the ending is kept, which was chosen by us from what the picture is."""
    return f"a3/photos/{secrets.token_hex(16)}.{'png' if name.endswith('.png') else 'jpg'}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class Photo(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to=stored_name)
    paper_file = models.FileField(upload_to=stored_name, blank=True, help_text="As a print shows it; empty: the file.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sha256"], name="a3_photo_once"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="a3_photo_has_a_size"),
        ]

    def __str__(self) -> str:
        return f"Photo {self.pk}, {self.width} x {self.height}"

    def get_absolute_url(self) -> str:
        return reverse("a3:photo_file", args=[self.pk])
