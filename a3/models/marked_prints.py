"""Photos of prints that somebody wrote on, kept with the round that was printed."""

import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.models.rounds import Round
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


def stored_name(_photo: "MarkedPrint", name: str) -> str:
    """A name of our own, as with the photos of a sheet."""
    return f"a3/marked/{secrets.token_hex(16)}.{'png' if name.endswith('.png') else 'jpg'}"


class MarkedPrintQuerySet(models.QuerySet["MarkedPrint"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(round__in=Round.objects.visible_to(user))


class MarkedPrint(models.Model):
    """Re-encoded when it came in. The round itself stays as it was frozen."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="marked_prints")
    file = models.FileField(upload_to=stored_name)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = MarkedPrintQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["round", "sha256"], name="a3_marked_print_once"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="a3_marked_print_has_a_size"),
        ]

    def __str__(self) -> str:
        return f"Marked-up print of {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("a3:marked_print_file", args=[self.pk])
