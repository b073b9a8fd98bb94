"""What LEI and a partner have agreed on for some years: its time, its years, whether it holds, how it ended."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.lib.addresses import address_of
from partners.models import Partner, Person, Someone
from partners.models.people import DateSpan

ONE_DAY = dt.timedelta(days=1)
AHEAD = dt.timedelta(days=90)  # before its last day one renews a charter, or lets it end


class Side(models.TextChoices):
    LEI = "lei", "LEI"
    PARTNER = "partner", "Partner"


@dataclass(frozen=True)
class Year:
    """A year of a charter: twelve months from its first day or an anniversary of it, both days included.

    `last_on` is sooner than `ends_on` when the charter ends within the year.
    """

    number: int
    begins_on: dt.date
    ends_on: dt.date
    last_on: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.begins_on <= day <= self.last_on


def today() -> dt.date:
    """The day by which charters begin and end, the same for everybody."""
    return timezone.localdate(timezone=dt.UTC)


def anniversary(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; of 29 Feb, where there is none, the day before."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class CharterQuerySet(models.QuerySet["Charter"]):
    def visible_to(self, user: Someone) -> Self:
        """LEI's staff see every charter; its coaches, change agents and sponsors that of their partner."""
        return self.filter(partner__in=Partner.objects.overseen_by(user))

    def manageable_by(self, user: Someone) -> Self:
        """Only LEI's staff end and renew charters, and add days to them."""
        return self if user.is_authenticated and user.is_lei_staff else self.none()

    def editable_by(self, user: Someone) -> Self:
        """LEI's staff and the partner's change agents propose another version, while the charter has not ended."""
        if not user.is_authenticated:
            return self.none()
        rows = self.standing(today())
        return rows if user.is_lei_staff else rows.filter(partner__in=user.leads())

    def answerable_by(self, user: Someone) -> Self:
        """Charters for one of whose sides this person may acknowledge: LEI's staff; change agents and sponsors."""
        if not user.is_authenticated:
            return self.none()
        rows = self.standing(today())
        if user.is_at_lei:
            return rows if user.is_lei_staff else rows.none()
        theirs = Q(partner__in=user.leads()) | Q(partner__in=user.sponsors())
        return rows.filter(theirs)

    def reflectable_by(self, user: Someone) -> Self:
        """Charters on whose years this person may write: LEI's staff, its coaches; change agents and sponsors."""
        if not user.is_authenticated or (user.is_at_lei and not user.is_lei_staff and not user.is_coach):
            return self.none()
        return self.visible_to(user).filter(in_force__isnull=False, begins_on__lte=today())

    def with_rights_of(self, user: Person) -> Self:
        """Each row knows what this person may do: `may_edit`, `may_acknowledge`, `may_reflect`, `may_manage`."""
        this = Charter.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            may_edit=Exists(this.editable_by(user)),
            may_acknowledge=Exists(this.awaiting(user)),
            may_reflect=Exists(this.reflectable_by(user)),
            may_manage=Exists(this.manageable_by(user)),
        )

    def awaiting(self, user: Person) -> Self:
        """Charters with a proposed version that this person's side has not acknowledged."""
        side = Side.LEI if user.is_at_lei else Side.PARTNER
        unseen = {"versions__in_force_at__isnull": True, "versions__set_aside_at__isnull": True}
        waits = Charter.objects.filter(**unseen, **{f"versions__{side}_acknowledged_at__isnull": True})
        return self.answerable_by(user).filter(pk__in=waits.values("pk"))

    def agreed(self) -> Self:
        """Those that are or were in force at some time."""
        return self.filter(in_force__isnull=False)

    def standing(self, day: dt.date) -> Self:
        """In force or proposed, not over on this day, and ended by nobody."""
        return self.filter(ended_at__isnull=True, ends_on__gte=day)

    def not_over(self, day: dt.date) -> Self:
        """Their last day is that day or later, as agreed and as somebody ended it."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), ends_on__gte=day)

    def in_force(self, day: dt.date) -> Self:
        return self.agreed().not_over(day).filter(begins_on__lte=day)

    def ending(self, day: dt.date) -> Self:
        """In force, with at most 90 days to go, and neither renewed nor ended by somebody."""
        rows = self.in_force(day).filter(ends_on__lte=day + AHEAD, ended_at__isnull=True)
        return rows.filter(~Exists(Charter.objects.filter(renews=OuterRef("pk"), ended_at__isnull=True)))


@pghistory.track(append_only=True)
class Charter(models.Model):
    """One engagement with a partner. What was agreed stands in its versions; `in_force` is the one that holds.

    Its first and last day are those of that version; of the proposed one as long as none was in force.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="charters")
    begins_on = models.DateField("from")
    ends_on = models.DateField("to")
    in_force = models.OneToOneField(
        "coaching.CharterVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField("last day", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField("reason", max_length=500, blank=True)
    reflected_until = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="The last of its years on which both sides were asked to write."
    )
    asked_end_for = models.DateField(
        null=True, blank=True, editable=False, help_text="The last day for which LEI was asked to renew or end it."
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ("-ends_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="coaching_charter_days_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_on__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False, ended_on__isnull=False) & ~Q(end_reason="")),
                name="coaching_charter_ends_with_day_person_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__lte=F("ends_on")), name="coaching_charter_ends_early"
            ),
            models.UniqueConstraint(
                fields=["renews"], condition=Q(ended_at__isnull=True), name="coaching_charter_renewed_once"
            ),
            ExclusionConstraint(
                name="coaching_charter_one_at_a_time",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (
                        DateSpan("begins_on", Coalesce("ended_on", "ends_on"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(in_force__isnull=False) & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("begins_on"))),
                violation_error_message="The partner has another charter in these days.",
            ),
        ]
        indexes = [models.Index(fields=["ends_on", "id"], name="coaching_charter_ends")]

    def __str__(self) -> str:
        return f"Charter with {self.partner}"

    def get_absolute_url(self) -> str:
        return address_of("coaching:charter_detail", self.pk)

    def years(self) -> Iterator[Year]:
        """Its years, the first one first; none for a charter that ended before it began."""
        number = 1
        while (begins_on := anniversary(self.begins_on, number - 1)) <= self.last_on:
            ends_on = anniversary(self.begins_on, number) - ONE_DAY
            yield Year(number, begins_on, ends_on, min(ends_on, self.last_on))
            number += 1

    def year_of(self, day: dt.date) -> Year | None:
        """The year in which a day lies; None before the first and after the last."""
        return next((year for year in self.years() if year.holds(day)), None)

    def year_at(self, number: int) -> Year | None:
        return next((year for year in self.years() if year.number == number), None)

    @property
    def last_on(self) -> dt.date:
        """Its last day, as agreed or as somebody ended it."""
        return self.ended_on or self.ends_on

    @property
    def has_ended(self) -> bool:
        """Nothing of it is to come."""
        return self.last_on < today()

    @property
    def about(self) -> str:
        """How the ledger of allotments names it."""
        return f"charter:{self.pk}"
