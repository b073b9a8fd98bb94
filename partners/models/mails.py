"""Every mail the program sends is a row first: it survives a dead worker, and staff can read what went out."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.lib.fields import sort_key
from partners.models.people import Person

if TYPE_CHECKING:
    from partners.models.obligations import Obligation
    from partners.models.people import Someone

PATIENCE = dt.timedelta(minutes=10)  # a mail claimed longer ago was interrupted in the middle of sending
STATES = ("planned", "sending", "sent", "interrupted", "failed", "called off")
TROUBLE = "trouble"  # failed or interrupted


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff read the outbox; everyone else only what was sent to them."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        return self.filter(person=user)

    def manageable_by(self, user: "Someone") -> Self:
        """The outbox is run by LEI's staff and administrators."""
        return self if user.is_authenticated and user.sees_all_partners else self.none()

    def open(self) -> Self:
        """Neither sent, nor given up, nor called off."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True, called_off_at__isnull=True)

    def planned(self) -> Self:
        return self.open().filter(claimed_at__isnull=True)

    def waiting(self, now: dt.datetime) -> Self:
        return self.planned().filter(next_try_at__lte=now)

    def sending(self, now: dt.datetime) -> Self:
        return self.open().filter(claimed_at__gt=now - PATIENCE, failure="")

    def interrupted(self, now: dt.datetime) -> Self:
        """Claimed, and nobody knows whether the mail left: the worker died, or the server fell silent."""
        return self.open().filter(Q(claimed_at__lte=now - PATIENCE) | Q(claimed_at__isnull=False) & ~Q(failure=""))

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def failed(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def called_off(self) -> Self:
        return self.filter(called_off_at__isnull=False)

    def in_trouble(self, now: dt.datetime) -> Self:
        """What somebody has to look at: failed or interrupted."""
        return self.failed() | self.interrupted(now)

    def in_state(self, state: str, now: dt.datetime) -> Self:
        """Mails in one of STATES, or in TROUBLE; all of them for any other word."""
        chosen = {
            TROUBLE: lambda: self.in_trouble(now),
            "planned": self.planned,
            "sending": lambda: self.sending(now),
            "interrupted": lambda: self.interrupted(now),
            "sent": self.sent,
            "failed": self.failed,
            "called off": self.called_off,
        }
        return chosen.get(state, self.all)()

    def to_somebody_called(self, words: str) -> Self:
        """Mails to people whose name or address contains the words."""
        people = Person.objects.filter(Q(sort_name__contains=sort_key(words)) | Q(email__contains=words.lower()))
        return self.filter(Q(person__in=people.values("pk")) | Q(address__iexact=words))

    def with_reason(self) -> Self:
        """With what each mail is about, and whom it goes to."""
        return self.select_related("person", "reminder__obligation__person", "reminder__obligation__asked_by")

    def claim(self, pk: int) -> bool:
        """Take one waiting mail for sending; of several who try, one gets it."""
        now = timezone.now()
        return bool(self.waiting(now).filter(pk=pk).update(claimed_at=now, failure=""))


class Mail(models.Model):
    """One mail to one address, written with the change that causes it, sent exactly once.

    The text of a reminder is written when it is sent, from what its obligation then says.
    """

    key = models.CharField(
        max_length=200, unique=True, help_text="What this mail is for; a second one for the same is refused."
    )
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="mails")
    address = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
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
    called_off_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    resent_at = models.DateTimeField(null=True, blank=True)
    resent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True)
                | Q(sent_at__isnull=True, called_off_at__isnull=True)
                | Q(given_up_at__isnull=True, called_off_at__isnull=True),
                name="partners_mail_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(sent_at__isnull=True) | Q(text="", html=""),
                name="partners_mail_secret_is_wiped",
            ),
            models.CheckConstraint(
                condition=Q(resent_at__isnull=True, resent_by__isnull=True)
                | Q(resent_at__isnull=False, resent_by__isnull=False),
                name="partners_mail_resent_at_with_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="partners_mail_waiting",
                condition=Q(
                    sent_at__isnull=True,
                    claimed_at__isnull=True,
                    given_up_at__isnull=True,
                    called_off_at__isnull=True,
                ),
            ),
            models.Index(
                fields=["-created_at", "-id"],
                name="partners_mail_unsent",
                condition=Q(sent_at__isnull=True, called_off_at__isnull=True),
            ),
            models.Index(fields=["-created_at", "-id"], name="partners_mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.sent_at:
            return "sent"
        if self.given_up_at:
            return "failed"
        if self.called_off_at:
            return "called off"
        if self.claimed_at:
            fresh = timezone.now() - self.claimed_at < PATIENCE and not self.failure
            return "sending" if fresh else "interrupted"
        return "planned"

    @property
    def may_be_resent(self) -> bool:
        return self.state in {"failed", "interrupted"}

    @property
    def obligation(self) -> "Obligation | None":
        """What this mail reminds of; read it from rows that came `with_reason()`."""
        return self.reminder.obligation if hasattr(self, "reminder") else None

    @property
    def is_moot(self) -> bool:
        """A reminder of something that ended meanwhile, or to somebody who left."""
        has_left = self.person is not None and not self.person.is_active
        return has_left or (self.obligation is not None and not self.obligation.is_open)

    def good_moment(self, now: dt.datetime) -> dt.datetime:
        """When this mail may go: a reminder in its recipient's polite hours, anything else at once."""
        return self.obligation.person.polite_moment(now) if self.obligation else now

    def end_claim(self, **fields: Any) -> None:
        """Give the claim back with what became of it, unless somebody has taken it from us meanwhile."""
        Mail.objects.open().filter(pk=self.pk, claimed_at=self.claimed_at).update(claimed_at=None, **fields)

    def mark_sent(self) -> None:
        """It has left. A secret one keeps no text."""
        wiped = {"text": "", "html": ""} if self.is_secret else {}
        sent = {"sent_at": timezone.now(), "claimed_at": None, "given_up_at": None, "called_off_at": None}
        Mail.objects.filter(pk=self.pk).update(**sent, **wiped)
