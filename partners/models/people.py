"""People, and the dated assignments that say where each works, in which role and at which level."""

import datetime as dt
from typing import Any, Self
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Func, Q, When, Window
from django.db.models.functions import Lower, RowNumber
from django.utils import timezone

from partners.lib.addresses import address_of
from partners.lib.calendars import ends_before, polite_moment, zone_named
from partners.lib.fields import LowerEmailField, SortKeyField, ZoneField, sort_key
from partners.models.partners import Partner, Site, of_seen_partner
from partners.models.workplaces import Workplaces


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff see everyone; others see LEI's people, themselves, and the people of the partners they see."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        colleagues = Assignment.objects.current().filter(of_seen_partner(user, "site__partner"))
        return self.filter(Q(pk=user.pk) | self._at_lei() | Q(pk__in=colleagues.values("person")))

    def at_lei(self) -> Self:
        return self.filter(self._at_lei())

    def coaches(self) -> Self:
        return self.filter(is_coach=True, is_active=True)

    def at_partner(self, partner: Partner, *, level: int | None = None, site: Site | None = None) -> Self:
        """People who work at the partner now; only at one level or one site when asked."""
        now = Assignment.objects.current().filter(site__partner=partner)
        if level is not None:
            now = now.filter(level=level)
        if site is not None:
            now = now.filter(site=site)
        return self.filter(pk__in=now.values("person"), is_active=True)

    def named(self, text: str) -> Self:
        """People one of whose names begins with the text, however it is written."""
        key = sort_key(text.strip())
        return self.filter(Q(sort_name__startswith=key) | Q(sort_name__contains=f" {key}")) if key else self

    def change_agents_of(self, partner: Partner) -> Self:
        now = Assignment.objects.current().as_change_agent().filter(site__partner=partner)
        return self.filter(pk__in=now.values("person"), is_active=True)

    def sponsors_of(self, partner: Partner) -> Self:
        now = Assignment.objects.current().as_sponsor().filter(site__partner=partner)
        return self.filter(pk__in=now.values("person"), is_active=True)

    @staticmethod
    def _at_lei() -> Q:
        return Q(is_lei_staff=True) | Q(is_coach=True) | Q(is_administrator=True)


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = Person(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, **{"is_administrator": True, "is_lei_staff": True} | fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


@pghistory.track(exclude=["password", "last_login", "sort_name"], append_only=True)
class Person(AbstractBaseUser):
    """Somebody at LEI or at a partner, and the account that signs in; rights follow from roles alone."""

    email = LowerEmailField("e-mail", unique=True)
    name = models.CharField(max_length=200)
    sort_name = SortKeyField(source="name")
    is_lei_staff = models.BooleanField(
        "LEI staff", default=False, help_text="Schedules coaches and sees every partner."
    )
    is_coach = models.BooleanField("coach", default=False)
    is_administrator = models.BooleanField(
        "administrator", default=False, help_text="Manages people, partners and enrollments in the admin."
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick to end every session at once and refuse sign-in."
    )
    zone = ZoneField("time zone")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    quiet_from = models.TimeField("no mail from", default=dt.time(18))
    quiet_until = models.TimeField("until", default=dt.time(7))
    based_in = models.CharField(max_length=120, blank=True, help_text="City, for people of LEI.")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="partners_person_email_lower")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("partners:person_detail", self.pk)

    def works_at(self) -> Workplaces:
        """Numbers of partners, for `partner__in`, as are those of the three that follow."""
        return Workplaces(self.pk, "works")

    def leads(self) -> Workplaces:
        """As their change agent."""
        return Workplaces(self.pk, Role.CHANGE_AGENT)

    def sponsors(self) -> Workplaces:
        return Workplaces(self.pk, Role.SPONSOR)

    def coaches_at(self) -> Workplaces:
        return Workplaces(self.pk, "coaches")

    @property
    def is_at_lei(self) -> bool:
        return self.is_lei_staff or self.is_coach or self.is_administrator

    @property
    def sees_all_partners(self) -> bool:
        return self.is_lei_staff or self.is_administrator

    @property
    def is_staff(self) -> bool:
        """Django's word for: may open the admin."""
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator

    @property
    def tzinfo(self) -> ZoneInfo:
        return zone_named(self.zone)

    def polite_moment(self, moment: dt.datetime) -> dt.datetime:
        """The first moment from then on that is in none of this person's quiet hours and on no weekend."""
        return polite_moment(moment, zone=self.tzinfo, quiet_from=self.quiet_from, quiet_until=self.quiet_until)

    @property
    def given_name(self) -> str:
        return self.name.split()[0]

    def get_short_name(self) -> str:
        """How Django's admin greets."""
        return self.given_name

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def tone(self) -> str:
        return tone_of(self.pk or 0)


def tone_of(pk: int) -> str:
    """The colour of a person's avatar, the same on every page."""
    return ("ai", "matsu", "yama", "ume")[pk % 4]


def initials_of(name: str) -> str:
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


type Someone = Person | AnonymousUser


class Role(models.TextChoices):
    CHANGE_AGENT = "change_agent", "Change agent"
    LEARNER = "learner", "Learner"
    SPONSOR = "sponsor", "Sponsor"


class Level(models.IntegerChoices):
    FRONT_LINE = 1, "Front line"
    SUPERVISOR = 2, "Supervisor"
    MIDDLE = 3, "Middle"
    SENIOR = 4, "Senior"
    EXECUTIVE = 5, "Executive"


class DateSpan(Func):
    """The days of an assignment as a daterange, both ends included."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(of_seen_partner(user, "site__partner")) if user.is_authenticated else self.none()

    def current(self, on: dt.date | None = None) -> Self:
        """Assignments that hold on a day, today by default."""
        day = on or timezone.localdate(timezone=dt.UTC)
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), began_on__lte=day)

    def as_change_agent(self) -> Self:
        return self.filter(role=Role.CHANGE_AGENT)

    def as_sponsor(self) -> Self:
        return self.filter(role=Role.SPONSOR)

    def first_of_each_level(self, most: int) -> Self:
        """The first few of each level, sponsors and change agents before learners; `of` counts the whole level."""
        first = Case(When(role=Role.SPONSOR, then=0), When(role=Role.CHANGE_AGENT, then=1), default=2)
        return (
            self.filter(person__is_active=True)
            .annotate(
                place=Window(RowNumber(), partition_by="level", order_by=[first, "person__sort_name", "pk"]),
                of=Window(Count("pk"), partition_by="level"),
            )
            .filter(place__lte=most)
            .order_by("-level", "place")
        )


@pghistory.track(append_only=True)
class Assignment(models.Model):
    """One person at one site, in one role, at one level, between two dates; it ends, and is not rewritten."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=Role, default=Role.LEARNER)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FRONT_LINE)
    position = models.CharField(max_length=120, blank=True, help_text="Such as: Nurse lead, 4 East.")
    began_on = models.DateField()
    ended_on = models.DateField("last day", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-began_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="partners_assignment_ends_after_it_began",
                violation_error_message="The last day is not before the first.",
            ),
            ExclusionConstraint(
                name="partners_assignment_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("site", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateSpan("began_on", "ended_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person already has this role at this site in these days.",
            ),
        ]
        indexes = [models.Index(fields=["site", "level"], name="partners_assignment_level")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()} at {self.site}"

    def clean(self) -> None:
        if ends_before(self.began_on, self.ended_on):
            raise ValidationError({"ended_on": "The last day is not before the first."})
