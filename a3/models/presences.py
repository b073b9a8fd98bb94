"""Who looks at a sheet at this moment, and in which section: advice for others, never a lock.

One row per person and sheet, written over every few seconds while the page is in view; `seen_at` has no index, so
that PostgreSQL writes each of these updates in place.
"""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from a3.models.sections import Section
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

HERE = dt.timedelta(seconds=40)  # pages tell every 15 s: one telling may be lost
FORGOTTEN = dt.timedelta(hours=1)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def here(self, now: dt.datetime) -> Self:
        return self.filter(seen_at__gt=now - HERE)

    def forgotten(self, now: dt.datetime) -> Self:
        return self.filter(seen_at__lte=now - FORGOTTEN)


class Presence(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="a3_presence_once"),
            models.CheckConstraint(
                condition=Q(is_writing=False) | Q(section__isnull=False), name="a3_presence_writes_in_a_section"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.sheet}"

    @property
    def words(self) -> str:
        """Luis is here."""
        return f"{self.person.given_name} {'writes' if self.is_writing else 'is'} here"
