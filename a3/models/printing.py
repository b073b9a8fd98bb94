"""Whatever a worker prints: a row that is queued, drawn, ready or failed, and whose file is cleaned away unused."""

import datetime as dt
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Person

SILENT_AFTER = dt.timedelta(minutes=2)
GIVEN_UP_AFTER = dt.timedelta(minutes=20)
PATIENCE = dt.timedelta(seconds=15)  # then the page offers to print without a worker
KEPT = dt.timedelta(days=30)  # so long after it was last asked for or opened, a file is cleaned away
MINUTE = dt.timedelta(minutes=1)
LETTER_COUNTRIES = {"US", "CA", "MX", "CL", "CO", "PH"}


class OfficePaper(models.TextChoices):
    """What lies in the printers of an office; sheets have paper of their own."""

    A4 = "a4", "A4"
    LETTER = "letter", "Letter"

    @classmethod
    def usual_in(cls, country: str) -> "OfficePaper":
        """The paper that is usual in a country."""
        return cls.LETTER if country in LETTER_COUNTRIES else cls.A4


def stored_name(row: models.Model, _name: str) -> str:
    return f"{row._meta.app_label}/prints/{secrets.token_hex(16)}.pdf"


class PrintingQuerySet[M: models.Model](models.QuerySet[M]):
    def unfinished(self) -> Self:
        return self.filter(ready_at__isnull=True, failed_at__isnull=True, expired_at__isnull=True)

    def takeable(self, now: dt.datetime) -> Self:
        """Nobody draws it: it waits, or whoever took it has been silent for too long."""
        return self.unfinished().filter(Q(started_at__isnull=True) | Q(started_at__lt=now - SILENT_AFTER))

    def hopeless(self, now: dt.datetime) -> Self:
        """Taken again and again, and never finished."""
        return self.takeable(now).filter(started_at__isnull=False, queued_at__lt=now - GIVEN_UP_AFTER)

    def claim(self, pk: int, now: dt.datetime) -> bool:
        """Take one print; true for one caller only."""
        return self.takeable(now).filter(pk=pk).update(started_at=now) == 1

    def asked_lately_by(self, person: Person, now: dt.datetime) -> Self:
        return self.filter(asked_by=person, queued_at__gt=now - MINUTE)

    def drawn_lately(self, now: dt.datetime) -> Self:
        return self.filter(started_at__gt=now - MINUTE)

    def unused(self, now: dt.datetime) -> Self:
        """Files that nobody has asked for or opened for a month."""
        return self.filter(ready_at__isnull=False, used_at__lt=now - KEPT)


class Printing(models.Model):
    """The state of one print is in its times; `started_at` says who may write the result."""

    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    may_try_again = models.BooleanField(default=True, help_text="Off when the very same would fail again.")
    used_at = models.DateTimeField(default=timezone.now, help_text="Last asked for or opened.")
    expired_at = models.DateTimeField(null=True, blank=True, help_text="The file was cleaned away; it can be remade.")
    file = models.FileField(upload_to=stored_name, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """One of queued, rendering, ready, failed, expired."""
        if self.expired_at:
            return "expired"
        if self.ready_at:
            return "ready"
        if self.failed_at:
            return "failed"
        return "rendering" if self.started_at else "queued"

    @property
    def expired_words(self) -> str:
        """Why there is no file any more, and what then."""
        return "Nobody opened it for 30 days, so it was cleaned away. It can be made again, just as it was."

    @property
    def waits_long(self) -> bool:
        """Nothing has taken it for a while: no worker runs, or the queue is down."""
        return self.state == "queued" and self.queued_at < timezone.now() - PATIENCE


def rules_of(name: str) -> list[models.CheckConstraint]:
    """What the database holds every table of prints to; `name` begins the names of the constraints."""
    return [
        models.CheckConstraint(
            condition=Q(ready_at__isnull=True) | Q(failed_at__isnull=True), name=f"{name}_ends_once"
        ),
        models.CheckConstraint(
            condition=Q(ready_at__isnull=True) | (~Q(file="") & Q(pages__isnull=False)),
            name=f"{name}_ready_with_file",
        ),
        models.CheckConstraint(
            condition=Q(expired_at__isnull=True) | Q(ready_at__isnull=True, failed_at__isnull=True, file=""),
            name=f"{name}_expired_without_file",
        ),
    ]


def indexes_of(name: str) -> list[models.Index]:
    """By which the planners find what waits, and what is not used."""
    waiting: dict[str, Any] = {"ready_at__isnull": True, "failed_at__isnull": True, "expired_at__isnull": True}
    return [
        models.Index(fields=["queued_at"], name=f"{name}_waiting", condition=Q(**waiting)),
        models.Index(fields=["used_at"], name=f"{name}_used", condition=Q(ready_at__isnull=False)),
    ]
