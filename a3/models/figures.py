"""Figures of a sheet: what was entered, from which page and paper draw. Where one stands is said by the text."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class FigureKind(models.TextChoices):
    RUN_CHART = "run_chart", "Run chart"
    PARETO = "pareto", "Pareto"
    FISHBONE = "fishbone", "Fishbone"
    WHYS = "whys", "Five whys"
    PLAN = "plan", "Plan"
    COUNTERMEASURES = "countermeasures", "Countermeasures"
    MEASURES = "measures", "Measures"
    TREND = "trend", "Trend"
    BEFORE_AFTER = "before_after", "Before and after"


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def editable_by(self, user: "Someone") -> Self:
        """A subquery, no join, as with sections: an UPDATE from here looks at the row itself once more."""
        return self.filter(sheet__in=Sheet.objects.editable_by(user))


class Figure(models.Model):
    """`data` is {"options": {...}, "rows": [{"id": "k3f9", ...}, ...]}; each accepted change raises `revision` by one.

    The row stays when its placeholder is taken out of the text, so that undo brings the figure back.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=20, choices=FigureKind)
    title = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=600, blank=True, help_text="Empty: it is told from the data.")
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FigureKind.values), name="a3_figure_kind"),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("a3:figure_detail", args=[self.sheet_id, self.pk])
