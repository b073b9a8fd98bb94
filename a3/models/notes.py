"""A coach's private notes about an owner: a record that nobody else ever sees, not even LEI's administrators."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class CoachNoteQuerySet(models.QuerySet["CoachNote"]):
    def visible_to(self, user: "Someone") -> Self:
        """The author, and nobody else; who coaches no more sees them no more."""
        return self.filter(author=user) if user.is_authenticated and user.is_coach else self.none()


class CoachNote(models.Model):
    """In no export, no print, no round, no search, no history and no admin."""

    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=4000)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = CoachNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=["author", "about", "-made_at"], name="a3_coach_note_of_author")]

    def __str__(self) -> str:
        return f"Note of {self.made_at:%d %b %Y}"
