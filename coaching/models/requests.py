"""A change agent asks for coaching, purpose first; LEI's staff place it on a coach and a date."""

from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from a3.models import Sheet
from coaching.models.kinds import Kind
from partners.models import Person, Site, Someone
from partners.models.partners import of_seen_partner

ON_CARD = (
    "pk", "kind", "purpose", "preferred_from", "preferred_to", "amended_at", "site__name", "site__partner__name"
)  # fmt: skip
WAITS = Q(placed_at__isnull=True, withdrawn_at__isnull=True, declined_at__isnull=True)


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def visible_to(self, user: Someone) -> Self:
        """LEI's people see every request, partner people those of their partner."""
        if not user.is_authenticated:
            return self.none()
        if user.is_at_lei:
            return self
        return self.filter(of_seen_partner(user, "site__partner"))

    def placeable_by(self, user: Someone) -> Self:
        """Only LEI's staff place requests."""
        return self.to_place() if user.is_authenticated and user.is_lei_staff else self.none()

    def editable_by(self, user: Someone) -> Self:
        """A request that waits may be withdrawn by change agents of its partner and by LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        if user.is_lei_staff:
            return self.to_place()
        return self.to_place().filter(site__partner__in=user.leads())

    def with_rights_of(self, user: Person) -> Self:
        """Each row knows what this person may do: `may_edit`, `may_place`."""
        this = self.model.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            may_edit=Exists(this.editable_by(user)),
            may_place=Exists(this.placeable_by(user)),
        )

    def to_place(self) -> Self:
        return self.filter(WAITS)

    def for_board(self) -> Any:
        """Only the values that a card shows, as plain rows."""
        return self.values_list(*ON_CARD, named=True)


@pghistory.track(append_only=True)
class VisitRequest(models.Model):
    """What a partner asks for. It waits under the board until it is placed or declined; when LEI cancels the visit it
    waits again.
    """

    purpose = models.TextField(max_length=1000, help_text="What should be different afterwards, and why now?")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visit_requests")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ONSITE)
    preferred_from = models.DateField("earliest day")
    preferred_to = models.DateField("latest day")
    impossible_on = ArrayField(models.DateField(), default=list, blank=True, help_text="Days on which the site cannot.")
    co_workers = models.ManyToManyField(Person, related_name="+", blank=True, help_text="Who is to come along.")
    others = models.CharField("others who come", max_length=200, blank=True, help_text="Without an account here.")
    sheets = models.ManyToManyField(Sheet, related_name="+", blank=True, help_text="The A3s it is about.")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visit_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    amended_at = models.DateTimeField(null=True, blank=True)
    amended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    placed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = models.CharField("reason", max_length=300, blank=True)

    objects = VisitRequestQuerySet.as_manager()

    class Meta:
        ordering = ("preferred_to", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(preferred_to__gte=F("preferred_from")),
                name="coaching_request_days_in_order",
                violation_error_message="The latest day is not before the earliest.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="coaching_request_withdrawn_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(amended_at__isnull=True, amended_by__isnull=True)
                | Q(amended_at__isnull=False, amended_by__isnull=False),
                name="coaching_request_amended_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True, decline_reason="")
                | (Q(declined_at__isnull=False, declined_by__isnull=False) & ~Q(decline_reason="")),
                name="coaching_request_declined_at_with_by_and_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["preferred_to", "id"],
                name="coaching_request_to_place",
                condition=WAITS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.site}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:request_detail", args=[self.pk])

    @property
    def is_on_site(self) -> bool:
        return Kind(self.kind).is_on_site

    @property
    def waits(self) -> bool:
        return self.placed_at is None and self.withdrawn_at is None and self.declined_at is None
