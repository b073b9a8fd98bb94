"""What was gained, and whether it still holds: claims, and the checks that ask again over two years."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from partners.models.partners import Partner, Site
from partners.models.people import Level, Person

if TYPE_CHECKING:
    from partners.models.people import Someone

CHECKED_AFTER = (30, 60, 90, 180, 365, 730)  # days after it was measured, unless a claim has days of its own
CLAIMED = "claimed"  # measured on its day, and the first check is still to come: neither holding nor unknown
ASKED_AHEAD = dt.timedelta(days=7)


class Outcome(models.TextChoices):
    IMPROVING = "improving", "Improving"
    HOLDING = "holding", "Holding"
    SLIPPED = "slipped", "Slipped"
    UNKNOWN = "unknown", "Unknown"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: "Someone") -> Self:
        """The partner's people of today; LEI where it is shared with LEI, a coach at the partners they coach."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(partner__in=user.works_at())
        if user.is_at_lei:
            shared = Q(is_shared_with_lei=True)
            if not user.sees_all_partners:
                shared &= Q(partner__in=user.coaches_at())
            seen |= shared
        return self.filter(seen)

    def editable_by(self, user: "Someone") -> Self:
        """Its owner, and the partner's change agents: they answer its checks and choose when it is checked."""
        if not user.is_authenticated:
            return self.none()
        return self.visible_to(user).filter(Q(owner=user) | Q(partner__in=user.leads()))

    def running(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def with_checks(self) -> Self:
        """Each claim comes with its checks, for `Claim.answered` and `Claim.next_check`."""
        return self.prefetch_related(Prefetch("checks", Check.objects.select_related("answered_by").order_by("due_on")))


def trimmed(number: Decimal | None) -> str:
    """4.60 as 4.6, 200.00 as 200, nothing as nothing."""
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


@pghistory.track(append_only=True)
class Claim(models.Model):
    """Something that became better, as somebody measured it on a day; `source_url` leads to where it came from."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="claims")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="claims")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FRONT_LINE)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    measure = models.CharField(max_length=120, help_text="What is measured: Order to door, median.")
    unit = models.CharField(max_length=20, blank=True, help_text="Such as h, %, per week.")
    baseline = models.DecimalField("before", max_digits=14, decimal_places=4)
    value = models.DecimalField("now", max_digits=14, decimal_places=4)
    measured_on = models.DateField(default=timezone.localdate)
    evidence = models.CharField("how do you know?", max_length=300, blank=True)
    source_words = models.CharField(max_length=160, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    is_shared_with_lei = models.BooleanField("shared with LEI", default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField("why it is no longer checked", max_length=300, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="partners_claim_level"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ending="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending="")),
                name="partners_claim_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.before} to {self.now}"

    def get_absolute_url(self) -> str:
        return reverse("partners:claim_detail", args=[self.pk])

    def with_unit(self, number: Decimal | None) -> str:
        """4.6 h; 40 %; nothing stays nothing."""
        return f"{trimmed(number)} {self.unit}".strip() if number is not None else ""

    @property
    def before(self) -> str:
        return self.with_unit(self.baseline)

    @property
    def now(self) -> str:
        """As it was measured when it was claimed."""
        return self.with_unit(self.value)

    @property
    def answered(self) -> "list[Check]":
        """Checks that were answered, newest first (after `with_checks`)."""
        return [check for check in reversed(self.checks.all()) if check.answered_at]

    @property
    def waiting(self) -> "list[Check]":
        """Checks to come, earliest first (after `with_checks`)."""
        return [check for check in self.checks.all() if not check.answered_at]

    @property
    def next_check(self) -> "Check | None":
        return next(iter(self.waiting), None)

    @property
    def standing(self) -> str:
        """What the newest answer says; CLAIMED until the first check, and unknown once a check has been overdue."""
        newest, following = next(iter(self.answered), None), self.next_check
        if following and following.is_overdue:
            return Outcome.UNKNOWN
        if newest is None:
            return CLAIMED if following else Outcome.UNKNOWN
        return newest.outcome

    @property
    def standing_words(self) -> str:
        """The same within a sentence."""
        return "not checked yet" if self.standing == CLAIMED else Outcome(self.standing).label.lower()


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(claim__in=Claim.objects.visible_to(user))

    def answerable_by(self, user: "Someone") -> Self:
        return self.filter(claim__in=Claim.objects.editable_by(user))

    def open(self) -> Self:
        return self.filter(answered_at__isnull=True, claim__ended_at__isnull=True)

    def to_ask(self, now: dt.datetime) -> Self:
        """Open ones that fall due within a week and were not asked for yet; of one claim only the earliest."""
        sooner = Check.objects.filter(claim=OuterRef("claim"), answered_at__isnull=True, due_on__lt=OuterRef("due_on"))
        near = self.open().filter(asked_at__isnull=True, due_on__lte=(now + ASKED_AHEAD).date())
        return near.exclude(Exists(sooner))


@pghistory.track(append_only=True)
class Check(models.Model):
    """Does it still hold? Asked for once on a day; what nobody answered stays open and counts as unknown."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="checks")
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    value = models.DecimalField("measured now", max_digits=14, decimal_places=4, null=True, blank=True)
    made_it_so = models.CharField("what made it so?", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ("claim", "due_on")
        constraints = [
            models.UniqueConstraint(fields=["claim", "due_on"], name="partners_check_once_a_day"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="partners_check_outcome"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
                name="partners_check_answered_at_with_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="partners_check_to_ask", condition=Q(answered_at__isnull=True, asked_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim.measure} on {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("partners:check_answer", args=[self.pk])

    @property
    def key(self) -> str:
        """Of what its claim's owner owes."""
        return f"check:{self.pk}"

    @property
    def measured(self) -> str:
        return trimmed(self.value)

    @property
    def is_overdue(self) -> bool:
        """A week was time enough to answer."""
        return self.answered_at is None and self.due_on < timezone.localdate() - ASKED_AHEAD
