"""Visits that were planned together, such as one every four weeks; each of them then goes its own way."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from partners.models import Person, Site, Someone
from partners.models.partners import of_seen_partner


class VisitSeriesQuerySet(models.QuerySet["VisitSeries"]):
    def visible_to(self, user: Someone) -> Self:
        """Who sees its visits: LEI's people, and those of the partner."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_at_lei else self.filter(of_seen_partner(user, "site__partner"))


class VisitSeries(models.Model):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visit_series")
    every_weeks = models.PositiveSmallIntegerField()
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)

    objects = VisitSeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "visit series"

    def __str__(self) -> str:
        return f"Every {self.every_weeks} weeks at {self.site}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:series_detail", args=[self.pk])
