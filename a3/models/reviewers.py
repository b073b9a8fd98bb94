"""Reviewers: people without an account who read one sheet and remark on it by a link, until it ends."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from a3.models.sheets import Sheet
from partners.lib.fields import LowerEmailField
from partners.lib.tokens import hash_token
from partners.models import Person
from partners.models.people import initials_of

if TYPE_CHECKING:
    from partners.models import Someone

LONGEST = dt.timedelta(days=60)


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    def visible_to(self, user: "Someone") -> Self:
        """The sheet's owner, who asked them; nobody else sees their addresses."""
        return self.filter(sheet__in=Sheet.objects.editable_by(user))

    def open(self) -> Self:
        """Whose link still works."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def for_token(self, token: str) -> Self:
        return self.open().filter(token_hash=hash_token(token), sheet__archived_at__isnull=True)


class Reviewer(models.Model):
    """One named person, one sheet, one link. Only a hash of the link's secret is kept."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="reviewers")
    name = models.CharField(max_length=120)
    email = LowerEmailField("e-mail")
    note = models.CharField(max_length=500, blank=True, help_text="What the owner wrote when asking.")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="When a remark or a reply came in by it.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at"), expires_at__lte=F("asked_at") + LONGEST),
                name="a3_reviewer_for_60_days_at_most",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def tone(self) -> str:
        """One colour for all of them: they are guests."""
        return "guest"
