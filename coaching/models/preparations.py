"""What the host prepares before a visit."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.visits import Visit, paired
from partners.models import Person, Someone


class PreparationQuerySet(models.QuerySet["Preparation"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever sees the visit."""
        return self.filter(visit__in=Visit.objects.visible_to(user))

    def editable_by(self, user: Someone) -> Self:
        """Whoever may change the visit."""
        return self.filter(visit__in=Visit.objects.editable_by(user))


class Preparation(models.Model):
    """One line of the list for the host, ticked when it is done."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="preparations")
    words = models.CharField(max_length=200)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PreparationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="coaching_preparation_says_something"),
            models.CheckConstraint(condition=paired("done_at", "done_by"), name="coaching_preparation_done_at_with_by"),
            models.UniqueConstraint(fields=["visit", "words"], name="coaching_preparation_once"),
        ]

    def __str__(self) -> str:
        return self.words
