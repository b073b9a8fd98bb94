"""What each side writes about a year of a charter, near its end."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from coaching.models.charters import Charter, Side
from partners.models import Person, Someone


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def visible_to(self, user: Someone) -> Self:
        return self.filter(charter__in=Charter.objects.visible_to(user))


@pghistory.track(append_only=True)
class Reflection(models.Model):
    """One side's words on one year. Writing again replaces them, and the history keeps both."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="reflections")
    year = models.PositiveSmallIntegerField(help_text="Which year of the charter, from 1.")
    side = models.CharField(max_length=8, choices=Side)
    expected = models.TextField("what we expected", max_length=2000)
    happened = models.TextField("what happened", max_length=2000)
    learned = models.TextField("what we learned", max_length=2000)
    change_next = models.TextField("what we change next year", max_length=2000)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ("charter", "-year", "side")
        constraints = [
            models.UniqueConstraint(fields=["charter", "year", "side"], name="coaching_reflection_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values, year__gt=0), name="coaching_reflection_side"),
        ]

    def __str__(self) -> str:
        return f"Year {self.year}, {self.get_side_display()}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:charter_reflect", args=[self.charter_id, self.year])
