"""A course on given dates, with its seats. How many are taken is counted by the database, whoever writes."""

import datetime as dt
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from courses.models import seats, teaching
from courses.models.courses import Course
from courses.models.lateness import OfferingRules
from partners.lib.addresses import address_of
from partners.lib.calendars import WEEKDAYS, day_words, zone_name
from partners.lib.fields import ZoneField
from partners.models import Partner, Person, Site

if TYPE_CHECKING:
    from partners.models import Someone


STAYS_PUBLIC = dt.timedelta(days=30)  # after its last day: links to it were sent around
AT_A_PARTNER = "At a partner of LEI; where is told with the seat"


class OfferingQuerySet(models.QuerySet["Offering"]):
    def visible_to(self, user: "Someone") -> Self:
        """Everyone sees the open ones; those kept for a partner only its people and LEI."""
        if not user.is_authenticated:
            return self.none()
        if user.is_at_lei:
            return self.all()
        own = user.works_at()
        return self.filter(Q(partner__isnull=True) | Q(partner__in=own))

    def shown_to(self, _user: "Someone", now: dt.datetime) -> Self:
        """The public ones, the same for whoever asks: not kept for a partner, not long over; cancelled ones say so."""
        return self.filter(partner__isnull=True, ends_on__gte=now.date() - STAYS_PUBLIC)

    def approvable_by(self, user: "Someone") -> Self:
        """Those for which this person enrolls others: change agents do, and LEI's staff."""
        if user.is_authenticated and (user.sees_all_partners or Partner.objects.led_by(user).exists()):
            return self.visible_to(user)
        return self.none()

    def overseen_by(self, user: "Someone") -> Self:
        """Those whose door list this person keeps: who teaches them, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        return self.filter(pk__in=user.taught_offerings.values("pk")) if user.is_coach else self.none()

    def upcoming(self, now: dt.datetime) -> Self:
        """Not yet over, and not cancelled."""
        return self.filter(ends_on__gte=now.date(), cancelled_at__isnull=True)

    def of_partner(self, partner: Partner) -> Self:
        """Kept for a partner, or taught at one of its sites."""
        return self.filter(Q(partner=partner) | Q(site__partner=partner))

    def online(self) -> Self:
        return self.exclude(link="")

    def with_free_seats(self) -> Self:
        return self.filter(seats_taken__lt=F("capacity"), cancelled_at__isnull=True)

    def asked_for_by(self, person: Person) -> Self:
        """Those where this person asked for or has a seat."""
        return self.filter(pk__in=person.enrollments.living().values("offering"))

    def with_state_of(self, person: Person) -> Self:
        """Annotate `own_state`, that of this person's living enrollment, and `waiting`, how many wait for a seat."""
        enrollments = apps.get_model("courses", "Enrollment").objects.filter(offering=OuterRef("pk"))
        waiting = enrollments.waiting().order_by().values("offering").annotate(n=Count("pk")).values("n")
        return self.annotate(
            own_state=Subquery(enrollments.living().filter(person=person).values("state")[:1]),
            waiting=Coalesce(Subquery(waiting), 0),
        )

    def with_teachers(self) -> Self:
        """Annotate `teachers`, the names of the instructors."""
        teaching = self.model.instructors.through.objects.filter(offering=OuterRef("pk"))
        return self.annotate(
            teachers=ArraySubquery(teaching.order_by("person__sort_name", "person").values("person__name"))
        )

    def for_list(self) -> Self:
        return self.select_related("course", "site", "partner").with_teachers()

    def for_page(self) -> Self:
        return self.select_related("course", "site", "partner").prefetch_related("instructors")

    def for_public_page(self) -> Self:
        """With neither site nor partner: no public page speaks of them."""
        return self.select_related("course").prefetch_related("instructors")


class Offering(OfferingRules):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="offerings")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    daily_from = models.TimeField("from", default=dt.time(8, 30), help_text="On each day, at the place.")
    daily_until = models.TimeField("until", default=dt.time(16, 30))
    zone = ZoneField("time zone")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="offerings")
    place = models.CharField(max_length=200, blank=True, help_text="Such as: Lean Enterprise Institute, Boston.")
    link = models.URLField(blank=True, help_text="Of an on-line offering; shown to those who have a seat.")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    capacity = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveIntegerField(default=0, editable=False)  # counted by triggers, never written by us
    has_holds = models.BooleanField(default=False, editable=False)  # true with a standing hold: written under the lock
    price_note = models.CharField(
        max_length=160,
        blank=True,
        help_text="Public. Such as: One seat of your partner’s year; 1,200 USD for others.",
    )
    instructors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="taught_offerings", blank=True, limit_choices_to={"is_coach": True}
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name="only for",
        help_text="Empty: for all partners.",
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="courses_offering_ends_after_it_starts",
                violation_error_message="The last day is not before the first.",
            ),
            models.CheckConstraint(
                condition=Q(daily_until__gt=F("daily_from")),
                name="courses_offering_day_has_length",
                violation_error_message="The day ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(enroll_until__lte=F("starts_on")),
                name="courses_offering_closes_before_it_starts",
                violation_error_message="People enroll until the first day at the latest.",
            ),
            models.CheckConstraint(
                condition=Q(link="") & (Q(site__isnull=False) | ~Q(place=""))
                | ~Q(link="") & Q(site__isnull=True, place=""),
                name="courses_offering_is_somewhere",
                violation_error_message="Give a site or a place; for an on-line offering a link only.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="courses_offering_has_seats",
                violation_error_message="An offering has at least one seat.",
            ),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("capacity")),
                name="courses_offering_never_above_capacity",
                violation_error_message="More seats are taken than that. Cancel some first.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="courses_offering_cancelled_at_with_by",
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "id"], name="courses_offering_by_date")]
        triggers = [*seats.OF_OFFERINGS, teaching.OF_OFFERINGS]

    def __str__(self) -> str:
        return f"{self.course}, {self.starts_on:%-d %b %Y}"

    def get_absolute_url(self) -> str:
        return address_of("courses:offering_detail", self.pk)

    @property
    def public_url(self) -> str:
        """Whole, for other sites and programs."""
        return f"{settings.SITE_URL}{address_of('courses:public_detail', self.pk)}"

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.starts_on, self.daily_from, self.tzinfo)

    @property
    def ends_at(self) -> dt.datetime:
        return dt.datetime.combine(self.ends_on, self.daily_until, self.tzinfo)

    @property
    def where(self) -> str:
        """On-line, or the place, or the site; the last needs `site` loaded."""
        if self.link:
            return "On-line"
        return ", ".join(filter(None, [self.place, self.site.name if self.site else ""]))

    @property
    def public_where(self) -> str:
        """As `where`, for everybody: never the link, and never a partner's site."""
        return "On-line" if self.link else self.place or AT_A_PARTNER

    @property
    def days(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """From when until when, on each day, on the clocks of the place."""
        return [
            (
                dt.datetime.combine(day, self.daily_from, self.tzinfo),
                dt.datetime.combine(day, self.daily_until, self.tzinfo),
            )
            for day in self.dates_taught
        ]

    @property
    def dates_taught(self) -> list[dt.date]:
        return [self.starts_on + dt.timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]

    def today(self, now: dt.datetime) -> dt.date:
        """Which day it is at the place."""
        return now.astimezone(self.tzinfo).date()

    @property
    def dates(self) -> str:
        """Tue 12 to Thu 14 Jan 2027."""
        first, last = self.starts_on, self.ends_on
        if first == last:
            return day_words(first, year=True)
        same_month = (first.year, first.month) == (last.year, last.month)
        start = (
            f"{WEEKDAYS[first.weekday()]} {first.day}" if same_month else day_words(first, year=first.year != last.year)
        )
        return f"{start} to {day_words(last, year=True)}"

    @property
    def hours(self) -> str:
        """15:00 to 18:00 CET: each day, at the place."""
        hours = f"{self.daily_from.isoformat('minutes')} to {self.daily_until.isoformat('minutes')}"
        return f"{hours} {zone_name(self.starts_at, self.tzinfo)}"

    def hours_in(self, zone: ZoneInfo) -> str:
        """The first day's hours on a reader's clock, with the day where it is another: "23:00 Thu to 06:30"."""
        end = dt.datetime.combine(self.starts_on, self.daily_until, self.tzinfo).astimezone(zone)
        start = self.starts_at.astimezone(zone)
        return f"{self._on_clock(start)} to {self._on_clock(end)}"

    def _on_clock(self, moment: dt.datetime) -> str:
        return f"{moment:%H:%M}" if moment.date() == self.starts_on else f"{moment:%H:%M %a}"

    def is_elsewhere(self, zone: ZoneInfo) -> bool:
        """A reader in this zone has other hours than those at the place."""
        return self.starts_at.utcoffset() != self.starts_at.astimezone(zone).utcoffset()

    @property
    def left(self) -> int:
        return self.capacity - self.seats_taken

    @property
    def is_full(self) -> bool:
        return self.seats_taken >= self.capacity

    def is_over(self, now: dt.datetime) -> bool:
        return self.ends_at <= now

    def is_open(self, now: dt.datetime) -> bool:
        """People may still ask: not cancelled, and the last day to enroll is not over at the place."""
        return self.cancelled_at is None and now.astimezone(self.tzinfo).date() <= self.enroll_until


if TYPE_CHECKING:
    Link = models.Model
else:
    Link = Offering.instructors.through


class Teaching(Link):
    """The rows behind `Offering.instructors`, which have a trigger."""

    class Meta:
        proxy = True
        triggers = [teaching.OF_INSTRUCTORS]
