"""Partner organisations, their sites, and what they hold to be strategic."""

import datetime as dt
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.lib.addresses import address_of
from partners.lib.calendars import ends_before, zone_named
from partners.lib.fields import SortKeyField, ZoneField

if TYPE_CHECKING:
    from partners.models.people import Person, Someone


def of_seen_partner(user: "Person", at: str) -> Q:
    """Of a partner this person sees: LEI's staff see all, a coach those they coach, partner people their own."""
    if user.sees_all_partners:
        return Q()
    seen = Q(**{f"{at}__in": user.works_at()})
    return seen | Q(**{f"{at}__in": user.coaches_at()}) if user.is_coach else seen


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff see every partner, a coach those they coach, partner people their own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(of_seen_partner(user, "pk"))

    def led_by(self, user: "Someone") -> Self:
        """Partners whose change agent this person is now."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=user.leads())

    def sponsored_by(self, user: "Someone") -> Self:
        """Partners whose sponsor this person is now."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=user.sponsors())

    def overseen_by(self, user: "Someone") -> Self:
        """Partners whose charter this person reads: LEI's staff, and its coaches, change agents and sponsors."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        seen = Q(pk__in=user.leads()) | Q(pk__in=user.sponsors())
        if user.is_coach:
            seen |= Q(pk__in=user.coaches_at())
        return self.filter(seen)

    def manageable_by(self, user: "Someone") -> Self:
        """Partners to which this person may invite: LEI's staff to all, change agents to their own."""
        if user.is_authenticated and user.sees_all_partners:
            return self
        return self.led_by(user)

    def steerable_by(self, user: "Someone") -> Self:
        """Partners into whose accounts this person writes: LEI's staff, into all."""
        return self if user.is_authenticated and user.sees_all_partners else self.none()

    def with_rights_of(self, user: "Someone") -> Self:
        """Add `may_invite`: whether this person may ask others in here; `may_oversee`: read its charter."""
        return self.annotate(
            may_invite=Exists(Partner.objects.manageable_by(user).filter(pk=OuterRef("pk"))),
            may_oversee=Exists(Partner.objects.overseen_by(user).filter(pk=OuterRef("pk"))),
        )

    def between(self, start: dt.date, end: dt.date) -> Self:
        """Partners that belong to the program on one of these days."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=start), joined_on__lte=end)

    def with_site_count(self) -> Self:
        sites = Site.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
        return self.annotate(site_count=Coalesce(Subquery(sites.annotate(n=Count("pk")).values("n")), 0))

    def with_priorities(self) -> Self:
        """Add `priority_names`: what the partner holds to be strategic now."""
        now = Priority.objects.current().filter(partner=OuterRef("pk"))
        return self.annotate(priority_names=ArraySubquery(now.values("name")))


class Partner(models.Model):
    name = models.CharField(max_length=200, unique=True)
    sort_name = SortKeyField(source="name")
    description = models.CharField(
        "in one line", max_length=200, blank=True, help_text="Such as: Health care, Ohio. 6,400 people."
    )
    joined_on = models.DateField("partner since")
    left_on = models.DateField(null=True, blank=True)
    coaches = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="coached_partners", blank=True, limit_choices_to={"is_coach": True}
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("joined_on")),
                name="partners_partner_left_after_joined",
                violation_error_message="A partner leaves after the day it joined.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("partners:partner_detail", self.pk)

    @property
    def people_address(self) -> str:
        return address_of("partners:person_list", self.pk)

    @property
    def program_year(self) -> int:
        """How manieth year in the program today is, from 1."""
        return (self.left_on or timezone.now().date()).year - self.joined_on.year + 1

    def clean(self) -> None:
        if ends_before(self.joined_on, self.left_on and self.left_on - dt.timedelta(days=1)):
            raise ValidationError({"left_on": "A partner leaves after the day it joined."})


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(of_seen_partner(user, "partner")) if user.is_authenticated else self.none()

    def manageable_by(self, user: "Someone") -> Self:
        return self.filter(partner__in=Partner.objects.manageable_by(user))


class Site(models.Model):
    """A place of a partner; its zone is the one in which everything there is dated."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    sort_name = SortKeyField(source="name")
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(
        max_length=2,
        help_text="Two letters, such as US or FR.",
        validators=[RegexValidator(r"^[A-Z]{2}$", "Write two capital letters, such as US.")],
    )
    zone = ZoneField("time zone")
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default="en", help_text="Spoken on the floor."
    )
    opens_at = models.TimeField("work begins", default=dt.time(7))
    closes_at = models.TimeField("work ends", default=dt.time(18))
    latitude = models.FloatField(null=True, blank=True, help_text="In degrees, north positive: 42.36.")
    longitude = models.FloatField(null=True, blank=True, help_text="In degrees, east positive: -71.06.")

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["partner", "name"], name="partners_site_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="partners_site_works_by_day",
                violation_error_message="Work ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="partners_site_on_earth",
                violation_error_message="Give latitude (-90 to 90) and longitude (-180 to 180), or neither.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tzinfo(self) -> ZoneInfo:
        return zone_named(self.zone)


class Holiday(models.Model):
    """A day on which a site does not work."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="holidays")
    on = models.DateField("day")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("on", "pk")
        constraints = [models.UniqueConstraint(fields=["site", "on"], name="partners_holiday_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%-d %b %Y}"


class PriorityQuerySet(models.QuerySet["Priority"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(of_seen_partner(user, "partner")) if user.is_authenticated else self.none()

    def current(self) -> Self:
        return self.filter(ended_on__isnull=True)


class Priority(models.Model):
    """A strategic priority of a partner, which its sheets serve."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="priorities")
    name = models.CharField(max_length=200)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ("began_on", "pk")
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["partner", "name"], name="partners_priority_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="partners_priority_ends_after_it_began",
                violation_error_message="A priority does not end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if ends_before(self.began_on, self.ended_on):
            raise ValidationError({"ended_on": "A priority does not end before it began."})
