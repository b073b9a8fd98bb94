"""Asking to talk about a sheet: times that one person proposes, and the one that both take."""

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

MOST_TIMES = 3


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, user: "Someone") -> Self:
        """The two who talk, as long as they see the sheet; nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(asked_by=user) | Q(asked_of=user), sheet__in=Sheet.objects.visible_to(user))

    def open(self) -> Self:
        """Neither declined nor cancelled."""
        return self.filter(ended_at__isnull=True)


class Talk(models.Model):
    """`offered_times` are those `offered_by` proposed last, empty once the other has answered.

    `starts_at` is the time both took. A talk with a time can have others on offer: somebody wants to move it.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="talks")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=30)
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_times = ArrayField(models.DateTimeField(), size=MOST_TIMES, default=list, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="What goes with the times on offer.")
    starts_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_words = models.CharField(max_length=500, blank=True, help_text="Why it was declined or cancelled.")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="Raised by each change, for calendars and mails.")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="a3_talk_between_two"),
            models.CheckConstraint(
                condition=Q(offered_by=F("asked_by")) | Q(offered_by=F("asked_of")),
                name="a3_talk_offered_by_one_of_two",
            ),
            models.CheckConstraint(condition=Q(offered_times__len__lte=MOST_TIMES), name="a3_talk_at_most_three_times"),
            models.CheckConstraint(
                condition=Q(offered_times__len__gte=1) | Q(starts_at__isnull=False) | Q(ended_at__isnull=False),
                name="a3_talk_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, offered_times__len=0),
                name="a3_talk_ended_at_with_by",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="a3_talk_minutes"),
            models.UniqueConstraint(
                fields=["sheet", "asked_by", "asked_of"],
                condition=Q(starts_at__isnull=True, ended_at__isnull=True),
                name="a3_talk_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} and {self.asked_of} about {self.sheet}"

    def get_absolute_url(self) -> str:
        return reverse("a3:talk_detail", args=[self.pk])

    def other(self, person: Person) -> Person:
        """Whom this one of the two talks with."""
        return self.asked_of if person == self.asked_by else self.asked_by

    @property
    def awaited(self) -> Person | None:
        """Who is to answer the times on offer."""
        return self.other(self.offered_by) if self.offered_times else None

    @property
    def state(self) -> str:
        """One of offered, agreed, declined, cancelled."""
        if self.ended_at:
            return "cancelled" if self.starts_at else "declined"
        return "agreed" if self.starts_at else "offered"
