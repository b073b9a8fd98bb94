"""A visit's pack: what its coach and host take along, as one file, made for whoever asked for it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from a3.models import Sheet
from a3.models.printing import OfficePaper, Printing, PrintingQuerySet, indexes_of, rules_of
from coaching.models.visits import Visit
from partners.models import Someone

WAITING = Q(ready_at__isnull=True, failed_at__isnull=True, expired_at__isnull=True)


class VisitPackQuerySet(PrintingQuerySet["VisitPack"]):
    def visible_to(self, user: Someone) -> Self:
        """Their own, of visits that they still see: what is in it is what they might see."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(asked_by=user, visit__in=Visit.objects.visible_to(user))


class VisitPack(Printing):
    """It says what was true when it was made, and is asked for anew before the next visit.

    `sheets` are the numbers of those in it; once one of them may not be seen any more, the file is let go of.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="packs")
    paper = models.CharField(max_length=6, choices=OfficePaper, default=OfficePaper.A4)
    sheets = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = VisitPackQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "asked_by"], condition=WAITING, name="coaching_visit_pack_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(paper__in=OfficePaper.values), name="coaching_visit_pack_paper"),
            *rules_of("coaching_visit_pack"),
        ]
        indexes = indexes_of("coaching_visit_pack")

    def __str__(self) -> str:
        return f"Pack, {self.visit}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:pack_detail", args=[self.pk])

    def is_readable(self) -> bool:
        """Whoever asked for it may still see every sheet in it."""
        return Sheet.objects.visible_to(self.asked_by).filter(pk__in=self.sheets).count() == len(self.sheets)

    @property
    def expired_words(self) -> str:
        return "Nobody opened it for 30 days, or it holds a sheet that you may not see any more."

    @property
    def again_address(self) -> str:
        return reverse("coaching:pack_again", args=[self.pk])

    @property
    def here_address(self) -> str:
        return reverse("coaching:pack_here", args=[self.pk])

    @property
    def file_address(self) -> str:
        return reverse("coaching:pack_file", args=[self.pk])

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        return f"Visit {self.visit.first_day:%Y-%m-%d} {self.visit.site.name}.pdf"
