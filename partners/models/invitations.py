"""An invitation by e-mail: the only way in. It expires, works once, and can be withdrawn."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.lib.fields import LowerEmailField
from partners.lib.tokens import hash_token
from partners.models.partners import Site
from partners.models.people import Level, Person, Role

if TYPE_CHECKING:
    from partners.models.people import Someone

VALID_FOR = dt.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff see all of them, change agents those of their partner."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        return self.filter(site__partner__in=user.leads())

    def waiting(self) -> Self:
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self) -> Self:
        return self.waiting().filter(expires_at__gt=timezone.now())

    def for_token(self, token: str) -> Self:
        return self.open().filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """Asks one person in, with the assignment they will have; for people of LEI the site is empty."""

    email = LowerEmailField("e-mail")
    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role, default=Role.LEARNER)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FRONT_LINE)
    position = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="partners_invitation_accepted_at_with_by",
            ),
            models.UniqueConstraint(
                fields=["email", "site"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="partners_invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"

    def situation_of(self, user: "Someone") -> str:
        """Say how this reader can accept: "new" account, "own" one, another one ("other"), or "sign_in" first."""
        person = Person.objects.filter(email=self.email).first()
        has_account = person is not None and person.has_usable_password()
        if user.is_authenticated:
            return "own" if has_account and user == person else "other"
        return "sign_in" if has_account else "new"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
