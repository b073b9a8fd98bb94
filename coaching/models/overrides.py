"""Why a visit was placed although something speaks against it."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.visits import Visit
from partners.models import Person, Someone


class OverrideQuerySet(models.QuerySet["Override"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever sees the visit."""
        return self.filter(visit__in=Visit.objects.visible_to(user))


class Override(models.Model):
    """One warning that somebody read and decided against, with the reason; never rewritten."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=12, help_text="Which rule, such as holiday.")
    words = models.CharField(max_length=300, help_text="The warning as it was read.")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="coaching_override_has_a_reason")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.words} {self.reason}"
