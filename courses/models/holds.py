"""Seats of an offering that are held for a partner until a day."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from courses.models.enrollments import TAKING
from courses.models.offerings import Offering
from partners.models import Partner

if TYPE_CHECKING:
    from partners.models import Someone


class HoldQuerySet(models.QuerySet["Hold"]):
    def visible_to(self, user: "Someone") -> Self:
        """Those of partners one leads or coaches; LEI's staff see all."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        return self.filter(Q(partner__in=user.leads()) | Q(partner__in=user.coaches_at()))

    def standing(self) -> Self:
        return self.filter(released_at__isnull=True)

    def unused_of(self, offering: Offering) -> dict[int, int]:
        """The standing holds there: partner -> how many of its seats nobody has taken. Empty when there is no hold."""
        if not offering.has_holds:
            return {}
        theirs = Q(offering__enrollments__partner=F("partner"), offering__enrollments__state__in=TAKING)
        holds = self.standing().filter(offering=offering)
        taken = holds.annotate(taken=Count("offering__enrollments", filter=theirs))
        return {partner: max(seats - n, 0) for partner, seats, n in taken.values_list("partner", "seats", "taken")}

    def let_go_by(self, day: dt.date) -> Self:
        """Standing ones whose last day is before this one."""
        return self.standing().filter(until__lt=day)


class Hold(models.Model):
    """So many seats nobody else gets, until the end of a day at the place; those its people take count in it."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="holds")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="holds")
    seats = models.PositiveSmallIntegerField()
    until = models.DateField("held until", help_text="The last day, at the place. What is not used then is let go.")
    why = models.CharField(max_length=300, help_text="Such as: Agreed in the charter; six from Riverside.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField("let go at", null=True, blank=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("until", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "partner"],
                condition=Q(released_at__isnull=True),
                name="courses_hold_once",
                violation_error_message="Seats are held for this partner here already. Change that hold.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1), name="courses_hold_some", violation_error_message="Hold at least one seat."
            ),
            models.CheckConstraint(condition=~Q(why=""), name="courses_hold_says_why"),
        ]
        indexes = [models.Index(fields=["until"], name="courses_hold_standing", condition=Q(released_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.seats} seats for {self.partner}"
