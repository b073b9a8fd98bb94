"""What a partner may use of a benefit: a ledger of entries that are only ever added, and balances computed from it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pgtrigger
from django.db import models
from django.db.models import Case, Count, F, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Mod
from django.utils import timezone

from partners.models.partners import Partner
from partners.models.people import Person

if TYPE_CHECKING:
    from partners.models.people import Someone

NOTHING = Value(Decimal(0))
HALF, WHOLE = Decimal("0.5"), Decimal(1)


class Benefit(models.TextChoices):
    COACH_DAYS = "coach_days", "Coach days"
    COURSE_SEATS = "course_seats", "Course seats"


class Kind(models.TextChoices):
    """Three add to what a partner has; holding and letting go, using and giving back come in pairs."""

    GRANTED = "granted", "Granted"
    ADDED = "added", "Added"
    CARRIED_OVER = "carried_over", "Carried over"
    HELD = "held", "Held"
    RELEASED = "released", "Released"
    USED = "used", "Used"
    RETURNED = "returned", "Returned"


GIVING = (Kind.GRANTED, Kind.ADDED, Kind.CARRIED_OVER)
EITHER_WAY = (Kind.ADDED, Kind.CARRIED_OVER)  # what is taken back, or carried into another year, counts below zero


class Balance(NamedTuple):
    """What stands in a year: allotted in all, held for something ahead, used."""

    allotted: Decimal = Decimal(0)
    held: Decimal = Decimal(0)
    used: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        """Neither used nor held; below zero when more was taken than allotted."""
        return self.allotted - self.held - self.used


def _total(*kinds: Kind, less: Kind | None = None) -> Coalesce:
    signed = Case(When(kind=less, then=-F("amount")), default=F("amount")) if less else F("amount")
    return Coalesce(Sum(signed, filter=Q(kind__in=[*kinds, *([less] if less else [])])), NOTHING)


TOTALS = {
    "allotted": _total(*GIVING),
    "held": _total(Kind.HELD, less=Kind.RELEASED),
    "used": _total(Kind.USED, less=Kind.RETURNED),
}


class AllotmentQuerySet(models.QuerySet["Allotment"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff, the partner's coaches, its change agents and sponsors of today."""
        return self.filter(partner__in=Partner.objects.overseen_by(user))

    def of(self, benefit: Benefit) -> Self:
        return self.filter(benefit=benefit)

    def in_year(self, begins_on: dt.date) -> Self:
        """Entries of the year that begins on this day."""
        return self.filter(begins_on=begins_on)

    def balances(self, *by: str) -> "models.QuerySet[Allotment, Any]":
        """One row per partner, benefit and year, or per what is named: `allotted`, `held`, `used`, `entries`."""
        by = by or ("partner", "benefit", "begins_on")
        rows: models.QuerySet[Allotment, Any] = self.order_by(*by).values(*by)
        return rows.annotate(**TOTALS, last_day=Max("ends_on"), entries=Count("pk"))

    def balance(self) -> Balance:
        """All of these entries together."""
        return Balance(**self.aggregate(**TOTALS))


def lines_lacking(written: Mapping[str, Any], *, held: Decimal, used: Decimal) -> Iterator[tuple[Kind, Decimal]]:
    """What to write so that a row of `balances`, or none ({}), says `held` and `used`."""
    more_held, more_used = held - written.get("held", Decimal(0)), used - written.get("used", Decimal(0))
    lines = ((Kind.RELEASED, -more_held), (Kind.RETURNED, -more_used), (Kind.HELD, more_held), (Kind.USED, more_used))
    return ((kind, amount) for kind, amount in lines if amount > 0)


class Allotment(models.Model):
    """One entry of the ledger. The database lets nobody change or delete it; what was wrong is righted by another."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="allotments")
    benefit = models.CharField(max_length=12, choices=Benefit)
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.DecimalField(max_digits=6, decimal_places=1, help_text="Days with halves, or whole seats.")
    begins_on = models.DateField("year from", help_text="First day of the year it counts in.")
    ends_on = models.DateField("year to", help_text="Last day of that year.")
    about = models.CharField(
        max_length=80, blank=True, help_text="What it follows, such as visit:17; empty when a person wrote it."
    )
    words = models.CharField(max_length=200, help_text="Such as: Gemba walk at Riverside, Wed 25 Nov 2026.")
    why = models.CharField(max_length=300, help_text="Such as: Both sides have confirmed it.")
    url = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the clock."
    )
    made_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=200, unique=True, help_text="Writing it twice changes nothing.")

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(benefit__in=Benefit.values, kind__in=Kind.values),
                name="partners_allotment_benefit_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | (Q(kind__in=EITHER_WAY) & Q(amount__lt=0)),
                name="partners_allotment_some",
                violation_error_message="Enter a number above zero.",
            ),
            models.CheckConstraint(
                condition=Q(benefit=Benefit.COACH_DAYS, amount=F("amount") - Mod("amount", HALF))
                | Q(amount=F("amount") - Mod("amount", WHOLE)),
                name="partners_allotment_days_by_halves_seats_whole",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="partners_allotment_year_in_order"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(why=""), name="partners_allotment_says_why"),
        ]
        indexes = [
            models.Index(fields=["partner", "benefit", "begins_on"], name="partners_allotment_year"),
            models.Index(fields=["about"], name="partners_allotment_about", condition=~Q(about="")),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}: {self.words}"
