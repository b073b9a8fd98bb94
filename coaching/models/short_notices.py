"""What a partner called off later than its charter allows: kept with what was given and asked, and waived or not."""

from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from coaching.models.charter_versions import CharterVersion
from coaching.models.charters import Charter
from coaching.models.spans import Timed
from coaching.models.visits import Visit
from partners.models import Person, Someone

FIXED = (
    "visit", "deed", "starts_at", "ends_at", "zone", "is_whole_days", "days_given", "days_asked", "version", "days",
    "sequence", "by", "at",
)  # fmt: skip


def _differs(name: str) -> pgtrigger.Q:
    return pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})


class ShortNoticeQuerySet(models.QuerySet["ShortNotice"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever sees the visit."""
        return self.filter(visit__in=Visit.objects.visible_to(user))

    def manageable_by(self, user: Someone) -> Self:
        """LEI's staff waive it."""
        return self if user.is_authenticated and user.is_lei_staff else self.none()

    def counting(self) -> Self:
        """What LEI has not waived."""
        return self.filter(waived_at__isnull=True)

    def for_page(self, user: Person) -> Self:
        """With all that its sentence names, and whether this person may waive it and read the charter."""
        charters = Charter.objects.visible_to(user).filter(pk=OuterRef("version__charter"))
        mine = self.model.objects.manageable_by(user).counting().filter(pk=OuterRef("pk"))
        rows = self.annotate(may_waive=Exists(mine), may_read_charter=Exists(charters))
        return rows.select_related("by", "waived_by", "version")


class ShortNotice(Timed):
    """One deed of a partner person that came too late. Its time is what was given up of the visit, as it was then.

    `days` of the charter count as used as long as nobody at LEI waives it, with a reason that both sides read.
    """

    class Deed(models.TextChoices):
        CANCELLED = "cancelled", "Called off"
        MOVED = "moved", "Moved"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="short_notices")
    deed = models.CharField(max_length=9, choices=Deed)
    days_given = models.SmallIntegerField(help_text="Days on the site's calendar; below zero when it had begun.")
    days_asked = models.PositiveSmallIntegerField(help_text="As the charter said.")
    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="+")
    days = models.DecimalField("coach days", max_digits=4, decimal_places=1)
    sequence = models.PositiveIntegerField(help_text="Which change of the visit it was.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waive_reason = models.CharField("reason", max_length=300, blank=True)

    may_waive: bool  # these two come with `for_page`
    may_read_charter: bool

    objects = ShortNoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["visit", "sequence"], name="coaching_short_notice_once"),
            models.CheckConstraint(
                condition=Q(days_given__lt=F("days_asked")), name="coaching_short_notice_is_too_short"
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="coaching_short_notice_counts_days"),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True, waived_by__isnull=True, waive_reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waive_reason="")),
                name="coaching_short_notice_waived_at_with_by_and_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=reduce(or_, map(_differs, FIXED)) | pgtrigger.Q(old__waived_at__isnull=False),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} at short notice: {self.visit}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:notice_waive", args=[self.pk])
