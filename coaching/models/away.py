"""When a coach is away from coaching: travelling to a visit, or on leave. Both stand on the board."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.spans import Timed
from coaching.models.visits import Visit, paired
from partners.models import BusyTime, Person, Someone
from partners.models.busy import kept_busy

LONGEST_LEAVE = dt.timedelta(days=400)


class AwayQuerySet[M: models.Model](models.QuerySet[M]):
    def visible_to(self, user: Someone) -> Self:
        """LEI's people plan around it; partners are told no more than that a coach is elsewhere."""
        return self if user.is_authenticated and user.is_at_lei else self.none()

    def editable_by(self, user: Someone) -> Self:
        """LEI's staff, and each coach their own."""
        if not user.is_authenticated:
            return self.none()
        standing = self.standing()
        return standing if user.is_lei_staff else standing.filter(coach=user, coach__is_coach=True)

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class Away(Timed):
    """Times are UTC and are entered and shown in `zone`: the site's for a way there, the coach's own for leave."""

    coach = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="%(class)ss", limit_choices_to={"is_coach": True}
    )
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST_LEAVE),
                name="coaching_%(class)s_ends_after_start",
                violation_error_message="The end is after the start, by 400 days at most.",
            ),
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by"), name="coaching_%(class)s_removed_at_with_by"
            ),
        ]


class TravelDayQuerySet(AwayQuerySet["TravelDay"]):
    pass


@pghistory.track(append_only=True)
class TravelDay(Away):
    """A day or half of one on the way; with `visit` it belongs to that visit and ends with it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="travel_days")
    route = models.CharField(max_length=120, blank=True, help_text="Such as: Wichita to Boston.")

    objects = TravelDayQuerySet.as_manager()

    class Meta(Away.Meta):
        triggers = [
            kept_busy(
                kind=BusyTime.Kind.TRAVEL,
                columns=("removed_at", "route"),
                condition="NEW.removed_at IS NULL",
                words="NEW.route",
            )
        ]

    def __str__(self) -> str:
        return f"{self.coach} travels"


class LeaveQuerySet(AwayQuerySet["Leave"]):
    pass


@pghistory.track(append_only=True)
class Leave(Away):
    """Days on which a coach does not work: leave, or a holiday where they live."""

    note = models.CharField("what for", max_length=60, blank=True, help_text="LEI's people read it: Thanksgiving.")

    objects = LeaveQuerySet.as_manager()

    class Meta(Away.Meta):
        triggers = [
            kept_busy(
                kind=BusyTime.Kind.LEAVE,
                columns=("removed_at", "note"),
                condition="NEW.removed_at IS NULL",
                words="NEW.note",
            )
        ]

    def __str__(self) -> str:
        return f"Leave of {self.coach}"
