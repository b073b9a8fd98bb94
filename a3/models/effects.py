"""What a sheet achieved, as claims that are checked for two years."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch

from a3.models.sheets import Sheet
from partners.models import Claim

if TYPE_CHECKING:
    from partners.models import Someone


class EffectQuerySet(models.QuerySet["Effect"]):
    def visible_to(self, user: "Someone") -> Self:
        """With the sheet: a coach who is named on it sees what it gained, though it is not shared with LEI."""
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def with_claims(self) -> Self:
        claims = Claim.objects.select_related("owner", "site", "ended_by").with_checks()
        return self.prefetch_related(Prefetch("claim", claims))


class Effect(models.Model):
    """The link of a sheet to a claim of the floor, which never learns of sheets."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="effects")
    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="effect")

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.claim)
