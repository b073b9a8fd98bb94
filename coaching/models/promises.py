"""Promises: next steps agreed at a visit, each with an owner and a day, and whether they were kept."""

import datetime as dt
from typing import NamedTuple, Self

import pghistory
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from coaching.models.visits import Visit, paired
from coaching.models.written import Written, WrittenQuerySet
from partners.models import Partner, Person, Someone

YEAR = dt.timedelta(days=365)


class Outcome(models.TextChoices):
    KEPT = "kept", "Kept"
    NOT_KEPT = "not_kept", "Not kept"


class Tally(NamedTuple):
    """Of how many promises that fell due, how many were kept."""

    due: int
    kept: int


class PromiseQuerySet(WrittenQuerySet["Promise"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever reads the record; of LEI's people also who has promised it."""
        seen = Q(visit__in=Visit.objects.with_record_visible_to(user))
        if user.is_authenticated and user.is_at_lei:
            seen |= Q(owner=user)
        return self.filter(seen)

    def answerable_by(self, user: Someone) -> Self:
        """Who may say whether it was kept: its owner, the partner's change agents, its coaches, LEI's staff."""
        seen = self.visible_to(user).standing()
        if not user.is_authenticated or user.is_lei_staff:
            return seen
        mine = Q(owner=user) | Q(visit__site__partner__in=Partner.objects.led_by(user))
        if user.is_coach:
            mine |= Q(visit__coach=user) | Q(visit__site__partner__in=user.coached_partners.values("pk"))
        return seen.filter(mine)

    def with_answer_right_of(self, user: Someone) -> Self:
        """Each row knows `may_answer`."""
        this = Promise.objects.filter(pk=OuterRef("pk"))
        return self.annotate(may_answer=Exists(this.answerable_by(user)))

    def of_partner(self, partner: Partner) -> Self:
        return self.standing().filter(visit__site__partner=partner)

    def before(self, visit: Visit) -> Self:
        """Promises made at earlier visits to the same partner."""
        return self.of_partner(visit.site.partner).filter(visit__starts_at__lt=visit.starts_at)

    def open(self) -> Self:
        return self.filter(outcome="")

    def kept(self) -> Self:
        return self.filter(outcome=Outcome.KEPT)

    def not_kept(self) -> Self:
        return self.filter(outcome=Outcome.NOT_KEPT)

    def tally(self, until: dt.date) -> Tally:
        """Those that fell due in the twelve months up to a day; one that nobody has spoken of was not kept."""
        due = self.filter(due_on__gt=until - YEAR, due_on__lte=until)
        return Tally(**due.aggregate(due=Count("pk"), kept=Count("pk", filter=Q(outcome=Outcome.KEPT))))


@pghistory.track(append_only=True)
class Promise(Written):
    """What somebody will have done by a day. `outcome` is "" until it is said; dropping one is removing it."""

    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises")
    due_on = models.DateField("by")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    may_answer: bool  # comes with `with_answer_right_of`

    objects = PromiseQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("due_on", "pk")
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="coaching_promise_says_something"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="coaching_promise_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_words="", said_at__isnull=True)
                | (Q(said_at__isnull=False) & ~Q(outcome="")),
                name="coaching_promise_outcome_with_said_at",
            ),
            models.CheckConstraint(condition=paired("said_at", "said_by"), name="coaching_promise_said_at_with_by"),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("coaching:promise_detail", args=[self.pk])

    @property
    def key(self) -> str:
        """Of what its owner owes."""
        return f"promise:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""

    @property
    def is_kept(self) -> bool:
        return self.outcome == Outcome.KEPT

    def is_overdue(self, today: dt.date) -> bool:
        return self.is_open and self.due_on < today
