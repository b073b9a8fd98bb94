"""A Summit: its programme, who goes to which session, and the teams with what they look for, note and try."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from courses.models.enrollments import SEATED, Enrollment
from courses.models.offerings import Offering
from partners.lib.addresses import address_of
from partners.models import Partner, Person

if TYPE_CHECKING:
    from partners.models import Someone


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: "Someone") -> Self:
        """Of the offerings that this person sees."""
        return self.filter(offering__in=Offering.objects.visible_to(user))

    def shown_to(self, user: "Someone", now: dt.datetime) -> Self:
        """Of the public offerings."""
        return self.filter(offering__in=Offering.objects.shown_to(user, now))


class Session(models.Model):
    """By the clock of the place. How many come is counted by the database, whoever writes."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField()
    begins = models.TimeField("from")
    ends = models.TimeField("until")
    title = models.CharField(max_length=160)
    speaker = models.CharField(max_length=160, blank=True)
    room = models.CharField(max_length=120, blank=True)
    link = models.URLField(blank=True, help_text="Shown to those who have a seat.")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: room for everybody.")
    taken = models.PositiveIntegerField(default=0, editable=False)  # counted by the triggers of Pick

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("day", "begins", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="courses_session_has_length",
                violation_error_message="It ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="courses_session_never_above_capacity",
                violation_error_message="More people picked it than that.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="seats_are_only_counted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="IF pg_trigger_depth() < 2 THEN NEW.taken = OLD.taken; END IF; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        offering = self.offering
        days = self.day, offering.starts_on, offering.ends_on  # one that cannot be read is none
        if all(isinstance(day, dt.date) for day in days) and not offering.starts_on <= self.day <= offering.ends_on:
            raise ValidationError({"day": "This is no day of the offering."})

    @property
    def hours(self) -> str:
        return f"{self.begins:%H:%M} to {self.ends:%H:%M}"

    @property
    def public_facts(self) -> str:
        """For everybody: neither room nor link."""
        return ", ".join(filter(None, [self.hours, self.speaker]))

    @property
    def facts(self) -> str:
        places = f"{self.taken} of {self.capacity} places taken" if self.capacity else ""
        return ", ".join(filter(None, [self.public_facts, self.room, places]))

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity


class PickQuerySet(models.QuerySet["Pick"]):
    def visible_to(self, user: "Someone") -> Self:
        """One's own; who teaches and LEI's staff see who comes."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person=user) | Q(session__offering__in=Offering.objects.overseen_by(user)))


class Pick(models.Model):
    """That a person goes to a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="picks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = PickQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="courses_pick_once")]
        triggers = [
            pgtrigger.Trigger(
                name="counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'INSERT' THEN
                        UPDATE courses_session SET taken = taken + 1 WHERE id = NEW.session_id;
                    ELSE
                        UPDATE courses_session SET taken = taken - 1 WHERE id = OLD.session_id;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: "Someone") -> Self:
        """Members with a seat who still work there, who leads, sponsors or coaches its partner, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        seen = Q(pk__in=_teams_of(user)) | Q(partner__in=user.leads()) | Q(partner__in=user.sponsors())
        if user.is_coach:
            seen |= Q(partner__in=user.coaches_at())
        return self.filter(seen)

    def editable_by(self, user: "Someone") -> Self:
        """Those who write in it: its members, its partner's change agents, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        led = Partner.objects.led_by(user)
        return self.filter(Q(pk__in=_teams_of(user)) | Q(partner__in=led))

    def for_page(self, user: "Someone") -> Self:
        """With its people; `may_write` says whether this person writes in it."""
        writable = Team.objects.editable_by(user).filter(pk=OuterRef("pk"))
        people = Prefetch("members", Enrollment.objects.select_related("person"))
        rows = self.select_related("offering__course", "partner").prefetch_related(people)
        return rows.annotate(may_write=Exists(writable))


def _teams_of(user: Person) -> "models.QuerySet[Any, Any]":
    """Where one has a seat, as long as one works at the partner that one came from."""
    still_there = Q(partner__isnull=True) | Q(partner__in=user.works_at())
    own = Enrollment.objects.filter(still_there, person=user, state__in=SEATED, teams__isnull=False)
    return own.values("teams")


class Team(models.Model):
    """People with a seat, of one partner or, without one, of several."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="teams")
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: of several; then only its members and LEI's staff see it.",
    )
    name = models.CharField(max_length=80)
    looks_for = models.TextField("what we look for", blank=True, max_length=2000)
    members = models.ManyToManyField(Enrollment, related_name="teams", blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("courses:team_detail", self.pk)


class TeamNoteQuerySet(models.QuerySet["TeamNote"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))


class TeamNote(models.Model):
    """What one of the team saw or heard, in a session or anywhere. `once` keeps a double tap from two."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="notes")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(unique=True, editable=False)

    objects = TeamNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return self.words[:60]


class TeamTrialQuerySet(models.QuerySet["TeamTrial"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))

    def editable_by(self, user: "Someone") -> Self:
        """Who tries it says that it is done, and whoever writes in the team."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person=user) | Q(team__in=Team.objects.editable_by(user)))


class TeamTrial(models.Model):
    """What the team tries after the Summit: who, and by when."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="trials")
    words = models.CharField("what we try", max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    once = models.UUIDField(unique=True, editable=False)

    objects = TeamTrialQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.words
