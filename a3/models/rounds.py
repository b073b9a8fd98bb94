"""What a sheet said each time its ball was passed, and who took it back. The database refuses to change either."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class Round(models.Model):
    """A frozen copy: `content` is {"title": ..., "sections": [{"number", "half", "name", "hint", "body"}, ...],
    "figures": {"12": {"kind", "title", "description", "data"}, ...}}; older ones have no figures.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    handed_over_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    handed_over_to = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody, when it was frozen for people to agree on.",
    )
    handed_over_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("sheet", "-number")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="a3_round_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Round {self.number}"


class TakeBackQuerySet(models.QuerySet["TakeBack"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class TakeBack(models.Model):
    """The owner took the ball back from whoever held it; the round that was handed over stays frozen."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="take_backs")
    taken_from = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=500, blank=True)

    objects = TakeBackQuerySet.as_manager()

    class Meta:
        ordering = ("sheet", "-taken_at", "-pk")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Taken back from {self.taken_from}"
