"""A coach's private notes on a visit: a record that nobody else ever sees, not even LEI's administrators."""

from typing import Self

from django.db import models
from django.utils import timezone

from coaching.models.visits import Visit
from partners.models import Person, Someone


class VisitNoteQuerySet(models.QuerySet["VisitNote"]):
    def visible_to(self, user: Someone) -> Self:
        """The author, and nobody else; who coaches no more sees them no more."""
        return self.filter(author=user) if user.is_authenticated and user.is_coach else self.none()


class VisitNote(models.Model):
    """In no memo, no export, no feed, no history and no admin."""

    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = VisitNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=["author", "visit", "-made_at"], name="coaching_note_of_author")]

    def __str__(self) -> str:
        return f"Note of {self.made_at:%d %b %Y}"
