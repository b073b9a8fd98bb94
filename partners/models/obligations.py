"""Who owes what to whom, by when, and why; and each reminder that was sent of it."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone

from partners.models.mails import Mail
from partners.models.partners import Partner
from partners.models.people import Assignment, Person

if TYPE_CHECKING:
    from partners.models.people import Someone


class FirstAfter(Func):
    """The earliest element of an array that is later than a moment, or NULL."""

    template = "(SELECT MIN(moment) FROM UNNEST(%(expressions)s)"
    arg_joiner = ") AS moment WHERE moment > "
    output_field = models.DateTimeField()


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: "Someone") -> Self:
        """Each person sees what they owe themselves, as long as they belong where it comes from."""
        return self.filter(person=user).rightful() if user.is_authenticated else self.none()

    def manageable_by(self, user: "Someone") -> Self:
        """Administrators read all of them in the admin."""
        return self if user.is_authenticated and user.is_administrator else self.none()

    def open(self) -> Self:
        return self.filter(settled_at__isnull=True, cancelled_at__isnull=True)

    def rightful(self) -> Self:
        """Without what a person would owe at a partner where they are no more; at LEI people owe everywhere."""
        there = Assignment.objects.current().filter(person=OuterRef("person"), site__partner=OuterRef("partner"))
        at_lei = Q(person__is_lei_staff=True) | Q(person__is_coach=True) | Q(person__is_administrator=True)
        return self.filter(Q(partner__isnull=True) | at_lei | Exists(there))

    def deeds(self) -> Self:
        """Without mere announcements of what is dated and stands on the agenda; their keys say "soon"."""
        return self.exclude(key__regex=":soon(:|$)")

    def to_remind(self, now: dt.datetime) -> Self:
        """Open ones with a reminder due; an inactive person gets none, nor one who has left the partner."""
        return self.rightful().open().filter(next_reminder_at__lte=now, person__is_active=True)

    def count_reminder(self, now: dt.datetime) -> int:
        """One more was planned; the next is the first planned moment after `now`, so that missed ones count as one."""
        return self.update(
            times_reminded=F("times_reminded") + 1,
            next_reminder_at=FirstAfter(F("reminders_at"), Value(now)),
        )


class Obligation(models.Model):
    """One thing that waits for one person; its maker knows the object, this table only words and a URL."""

    key = models.CharField(max_length=200, unique=True, help_text="What it is about, such as visit:17:confirm:coach:4.")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="obligations")
    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Where it comes from."
    )
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(
        max_length=200, help_text="What waits, such as: Confirm the visit to Riverside on Wed 25 Nov."
    )
    detail = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=200, help_text="Why it is this person's, such as: You coach this sheet.")
    verb = models.CharField(max_length=40, default="Open", help_text="The button, such as Confirm.")
    url = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    reminders_at = ArrayField(
        models.DateTimeField(), default=list, blank=True, help_text="When to remind, earliest first."
    )
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    times_reminded = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = (F("due_at").asc(nulls_last=True), "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="partners_obligation_ends_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_reminder_at"],
                name="partners_obligation_remind",
                condition=Q(settled_at__isnull=True, cancelled_at__isnull=True, next_reminder_at__isnull=False),
            ),
            models.Index(
                fields=["person", "due_at"],
                name="partners_obligation_open",
                condition=Q(settled_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        return self.settled_at is None and self.cancelled_at is None


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def manageable_by(self, user: "Someone") -> Self:
        """Administrators read all of them in the admin."""
        return self if user.is_authenticated and user.is_administrator else self.none()


class Reminder(models.Model):
    """One sending of an obligation; the unique key is what makes it exactly one."""

    class Channel(models.TextChoices):
        MAIL = "mail", "Mail"

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    occurrence = models.PositiveSmallIntegerField(help_text="The how-manieth reminder of this obligation, from 1.")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, related_name="reminder")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "occurrence", "channel"], name="partners_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}, reminder {self.occurrence}"
