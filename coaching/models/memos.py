"""Memos: what the visit's people get in writing within 48 hours; once sent, a memo stays as it is."""

import datetime as dt
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from a3.models.printing import OfficePaper, Printing, PrintingQuerySet, indexes_of, rules_of
from coaching.models.kinds import Kind
from coaching.models.visits import Visit, VisitQuerySet, paired
from coaching.models.written import Revised, RevisedQuerySet
from partners.models import Obligation, Person, Someone

WITHIN = dt.timedelta(hours=48)  # of the end of the visit
ASKED_FOR = dt.timedelta(days=14)  # no memo is asked for of a visit that ended longer ago


def memo_due_at(visit: Visit) -> dt.datetime:
    return visit.ends_at + WITHIN


def memo_key(visit: Visit) -> str:
    """Of what the coach owes."""
    return f"visit:{visit.pk}:memo"


def awaiting_memo(visits: VisitQuerySet, now: dt.datetime) -> VisitQuerySet:
    """Visits on site that have ended of late, without a memo, and of which nobody has been asked for one yet."""
    key = Concat(Value("visit:"), Cast(OuterRef("pk"), models.CharField()), Value(":memo"))
    asked = Obligation.objects.filter(key=key, cancelled_at__isnull=True)
    on_site = [kind for kind in Kind if kind.is_on_site]
    over = visits.confirmed().filter(kind__in=on_site, ends_at__lte=now, ends_at__gt=now - ASKED_FOR)
    return over.filter(~Exists(asked), ~Exists(Memo.objects.sent().filter(visit=OuterRef("pk"))))


class MemoQuerySet(RevisedQuerySet["Memo"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever reads the record reads what was sent; a draft only who writes the record."""
        writable = Visit.objects.with_record_editable_by(user).values("pk")
        return super().visible_to(user).filter(Q(sent_at__isnull=False) | Q(visit__in=writable))

    def editable_by(self, user: Someone) -> Self:
        return super().editable_by(user).drafts()

    def drafts(self) -> Self:
        return self.filter(sent_at__isnull=True)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)


class Memo(Revised):
    """`body` has passed the sanitiser. A correction is a further version, whose `note` says what it corrects."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="memos")
    version = models.PositiveSmallIntegerField(default=1)
    body = models.TextField(blank=True)
    note = models.CharField("what it corrects", max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_to = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="Names, as they were.")

    objects = MemoQuerySet.as_manager()

    class Meta:
        ordering = ("visit", "-version")
        constraints = [
            models.UniqueConstraint(fields=["visit", "version"], name="coaching_memo_version_once"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(sent_at__isnull=True), name="coaching_memo_one_draft"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="coaching_memo_versions_count_from_one"),
            models.CheckConstraint(condition=paired("sent_at", "sent_by"), name="coaching_memo_sent_at_with_by"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (~Q(body="") & (Q(version=1) | ~Q(note=""))),
                name="coaching_memo_sent_says_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Memo, {self.visit}" if self.version == 1 else f"Memo, {self.visit}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:memo_detail", args=[self.pk])

    @property
    def known_as(self) -> dict[str, Any]:
        """A sent one is not written on any more."""
        return {"pk": self.pk, "sent_at__isnull": True}

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def is_late(self) -> bool:
        return self.sent_at is not None and self.version == 1 and self.sent_at > memo_due_at(self.visit)


class MemoPrintQuerySet(PrintingQuerySet["MemoPrint"]):
    def visible_to(self, user: Someone) -> Self:
        return self.filter(memo__in=Memo.objects.visible_to(user))


class MemoPrint(Printing):
    """A sent memo on paper: as it cannot change, one file per size of paper is enough."""

    memo = models.ForeignKey(Memo, on_delete=models.PROTECT, related_name="prints")
    paper = models.CharField(max_length=6, choices=OfficePaper, default=OfficePaper.A4)

    objects = MemoPrintQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["memo", "paper"], name="coaching_memo_print_once"),
            models.CheckConstraint(condition=Q(paper__in=OfficePaper.values), name="coaching_memo_print_paper"),
            *rules_of("coaching_memo_print"),
        ]
        indexes = indexes_of("coaching_memo_print")

    def __str__(self) -> str:
        return f"{self.get_paper_display()} of {self.memo}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:memo_print_detail", args=[self.pk])

    @property
    def again_address(self) -> str:
        return reverse("coaching:memo_print_again", args=[self.pk])

    @property
    def here_address(self) -> str:
        return reverse("coaching:memo_print_here", args=[self.pk])

    @property
    def file_address(self) -> str:
        return reverse("coaching:memo_print_file", args=[self.pk])

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        visit = self.memo.visit
        return f"Memo {visit.first_day:%Y-%m-%d} {visit.site.name}.pdf"
