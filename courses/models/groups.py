"""People who go together: they get their seats at the same time, or wait together."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.models.offerings import Offering
from partners.models import Partner

if TYPE_CHECKING:
    from partners.models import Someone


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: "Someone") -> Self:
        """Those of partners one leads or coaches, and those one is in; LEI's staff see all."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        seen = models.Q(partner__in=user.leads()) | models.Q(enrollments__person=user)
        if user.is_coach:
            seen |= models.Q(partner__in=user.coaches_at())
        return self.filter(seen).distinct()

    def editable_by(self, user: "Someone") -> Self:
        """Those whose people this person may let go one by one: the partner's change agents, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.sees_all_partners else self.filter(partner__in=user.leads())


class Group(models.Model):
    """Several people of one offering who were enrolled to go together, until somebody consents to split them."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="groups")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    split_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    split_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(split_at__isnull=True, split_by__isnull=True)
                | models.Q(split_at__isnull=False, split_by__isnull=False),
                name="courses_group_split_with_by",
            )
        ]

    def __str__(self) -> str:
        return f"Group in {self.offering}"
