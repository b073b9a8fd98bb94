"""Every mail the program sends is a row first: it survives a dead worker, and staff can read what went out."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models.people import Person

if TYPE_CHECKING:
    from partners.models.people import Someone

PATIENCE = dt.timedelta(minutes=10)  # a mail claimed longer ago was interrupted in the middle of sending


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff read the outbox; everyone else only what was sent to them."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        return self.filter(person=user)

    def waiting(self, now: dt.datetime) -> Self:
        return self.filter(
            sent_at__isnull=True, claimed_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=now
        )

    def claim(self, pk: int) -> bool:
        """Take one waiting mail for sending; of several who try, one gets it."""
        return bool(self.waiting(timezone.now()).filter(pk=pk).update(claimed_at=timezone.now()))


class Mail(models.Model):
    """One mail to one address, written with the change that causes it, sent exactly once."""

    key = models.CharField(
        max_length=200, unique=True, help_text="What this mail is for; a second one for the same is refused."
    )
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="mails")
    address = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="An iCalendar object that goes with it.")
    calendar_method = models.CharField(
        max_length=10, blank=True, choices=[("REQUEST", "REQUEST"), ("CANCEL", "CANCEL")]
    )
    is_secret = models.BooleanField(
        default=False, help_text="Carries a secret link: its text is wiped once sent and never shown."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="partners_mail_waiting",
                condition=Q(sent_at__isnull=True, claimed_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(fields=["-created_at", "-id"], name="partners_mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"

    @property
    def state(self) -> str:
        """One of planned, sending, interrupted, sent, failed."""
        if self.sent_at:
            return "sent"
        if self.given_up_at:
            return "failed"
        if self.claimed_at:
            return "sending" if timezone.now() - self.claimed_at < PATIENCE else "interrupted"
        return "planned"
