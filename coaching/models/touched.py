"""Which sheets a visit was about."""

from typing import Self

from django.db import models
from django.utils import timezone

from a3.models import Sheet
from coaching.models.visits import Visit
from partners.models import Person, Someone


class SheetTouchedQuerySet(models.QuerySet["SheetTouched"]):
    def visible_to(self, user: Someone) -> Self:
        """Who sees both the visit and the sheet."""
        return self.filter(visit__in=Visit.objects.visible_to(user), sheet__in=Sheet.objects.visible_to(user))


class SheetTouched(models.Model):
    """One sheet that a visit is or was about; the link is coaching's, sheets know nothing of visits."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="touched")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = SheetTouchedQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "pk")
        verbose_name_plural = "sheets touched"
        constraints = [models.UniqueConstraint(fields=["visit", "sheet"], name="coaching_sheet_touched_once")]
        indexes = [models.Index(fields=["sheet"], name="coaching_touched_of_sheet")]

    def __str__(self) -> str:
        return f"{self.sheet} at {self.visit}"
