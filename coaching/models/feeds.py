"""The secret address under which one person's calendar program reads their visits."""

from typing import Self

from django.db import models
from django.utils import timezone

from partners.lib.tokens import hash_token
from partners.models import Person, Someone


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: Someone) -> Self:
        """Each person sees their own."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def active(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def for_token(self, token: str) -> Self:
        return self.active().filter(token_hash=hash_token(token), person__is_active=True)


class CalendarFeed(models.Model):
    """One per person; the address itself is shown once when made or renewed, only its hash is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar feed of {self.person}"
