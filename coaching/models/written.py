"""What is written down at a visit, perhaps where there is no connection: each piece is known by an id that the phone
made, so that it arrives once, and has a revision, so that nobody overwrites what they have not seen.
"""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.visits import Visit, paired
from partners.models import Person, Someone


class RevisedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of a visit's record: seen and written by who sees and writes that record."""

    def visible_to(self, user: Someone) -> Self:
        return self.filter(visit__in=Visit.objects.with_record_visible_to(user))

    def editable_by(self, user: Someone) -> Self:
        """A subquery, no join: an UPDATE from here must compare the row itself once more after waiting for another."""
        return self.filter(visit__in=Visit.objects.with_record_editable_by(user))


class Revised(models.Model):
    """Each accepted change raises `revision` by one, from 1.

    `writing` names the form that was sent last, and `step` counts what it sent: so one whose answer was lost on the
    way is known again, and one that arrives late does not overwrite what followed it.
    """

    revision = models.PositiveIntegerField(default=1, editable=False)
    writing = models.CharField(max_length=36, blank=True, editable=False)
    step = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def known_as(self) -> dict[str, Any]:
        """What tells this row from every other, whether it has been saved or not."""
        raise NotImplementedError


class WrittenQuerySet[M: models.Model](RevisedQuerySet[M]):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class Written(Revised):
    """One of many pieces of a visit's record. A removed one stays as a row, so that it does not arrive once more."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="%(class)ss")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by"), name="coaching_%(class)s_removed_at_with_by"
            )
        ]

    @property
    def known_as(self) -> dict[str, Any]:
        return {"visit_id": self.visit_id, "uid": self.uid}

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


def said(text: str, at: str) -> Q:
    """A text and the moment it was said, or neither."""
    return Q(**{text: "", f"{at}__isnull": True}) | (Q(**{f"{at}__isnull": False}) & ~Q(**{text: ""}))
