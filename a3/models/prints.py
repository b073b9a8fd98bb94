"""Asking for a sheet on paper: one row per version, paper and options, whatever became of it.

The row keeps what it says (`version`): whoever scans the code on a print finds exactly that, whatever the sheet says by
then; and a file that was cleaned away can be made again.
"""

import base64
import datetime as dt
import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.models.rounds import Round
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


SILENT_AFTER = dt.timedelta(minutes=2)
GIVEN_UP_AFTER = dt.timedelta(minutes=20)
PATIENCE = dt.timedelta(seconds=15)  # then the page offers to print without a worker
KEPT = dt.timedelta(days=30)  # so long after it was last asked for or opened, a file is cleaned away
MINUTE = dt.timedelta(minutes=1)


class Paper(models.TextChoices):
    A3 = "a3", "A3"
    LEDGER = "ledger", "11 x 17 in"


def stored_name(_print: "SheetPrint", _name: str) -> str:
    return f"a3/prints/{secrets.token_hex(16)}.pdf"


class SheetPrintQuerySet(models.QuerySet["SheetPrint"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

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
        """Without those that were made for a book."""
        return self.filter(asked_by=person, queued_at__gt=now - MINUTE, book_items__isnull=True)

    def drawn_lately(self, now: dt.datetime) -> Self:
        return self.filter(started_at__gt=now - MINUTE)

    def unused(self, now: dt.datetime) -> Self:
        """Files that nobody has asked for or opened for a month."""
        return self.filter(ready_at__isnull=False, used_at__lt=now - KEPT)


class SheetPrint(models.Model):
    """`version_key` is a hash of all that goes into the file, so that asking twice gives the same file.

    `too_long` is [{"number", "name", "lines"}, ...]: the sections that keep it from fitting on one page.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="prints")
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prints",
        help_text="The frozen round that was printed; empty when it was the sheet as it stood.",
    )
    paper = models.CharField(max_length=6, choices=Paper, default=Paper.A3)
    with_remarks = models.BooleanField(default=False)
    version = models.JSONField(default=dict, help_text="All that it says, as a3.pdf.versions writes it.")
    version_key = models.CharField(max_length=64)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    too_long = models.JSONField(default=list, blank=True)
    used_at = models.DateTimeField(default=timezone.now, help_text="Last asked for or opened.")
    expired_at = models.DateTimeField(null=True, blank=True, help_text="The file was cleaned away; it can be remade.")
    file = models.FileField(upload_to=stored_name, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = SheetPrintQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "version_key"], name="a3_sheet_print_once"),
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="a3_sheet_print_paper"),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | Q(failed_at__isnull=True), name="a3_sheet_print_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | (~Q(file="") & Q(pages__isnull=False)),
                name="a3_sheet_print_ready_with_file",
            ),
            models.CheckConstraint(
                condition=Q(expired_at__isnull=True) | Q(ready_at__isnull=True, failed_at__isnull=True, file=""),
                name="a3_sheet_print_expired_without_file",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="a3_sheet_print_waiting",
                condition=Q(ready_at__isnull=True, failed_at__isnull=True, expired_at__isnull=True),
            ),
            models.Index(fields=["used_at"], name="a3_sheet_print_used", condition=Q(ready_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} of {self.sheet}"

    def get_absolute_url(self) -> str:
        return reverse("a3:print_detail", args=[self.pk])

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
    def short_code(self) -> str:
        """Five letters and digits that tell this state of the sheet from every other, for reading aloud."""
        return base64.b32encode(bytes.fromhex(self.version_key[:8]))[:5].decode()

    @property
    def said_on(self) -> dt.date:
        """The day of the last change in what it says."""
        return dt.date.fromisoformat(self.version["on"]) if self.version else self.queued_at.date()

    @property
    def waits_long(self) -> bool:
        """Nothing has taken it for a while: no worker runs, or the queue is down."""
        return self.state == "queued" and self.queued_at < timezone.now() - PATIENCE

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        which = f" round {self.round.number}" if self.round else ""
        return f"{self.sheet.code}{which} {self.sheet.title}.pdf"
