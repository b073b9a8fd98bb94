"""Asking for a sheet on paper: one row per version, paper and options, whatever became of it.

The row keeps what it says (`version`): whoever scans the code on a print finds exactly that, whatever the sheet says by
then; and a file that was cleaned away can be made again.
"""

import base64
import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from a3.models.printing import Printing, PrintingQuerySet, indexes_of, rules_of
from a3.models.rounds import Round
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class Paper(models.TextChoices):
    A3 = "a3", "A3"
    LEDGER = "ledger", "11 x 17 in"


class SheetPrintQuerySet(PrintingQuerySet["SheetPrint"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def asked_lately_by(self, person: Person, now: dt.datetime) -> Self:
        """Without those that were made for a book."""
        return super().asked_lately_by(person, now).filter(book_items__isnull=True)


class SheetPrint(Printing):
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
    too_long = models.JSONField(default=list, blank=True)

    objects = SheetPrintQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "version_key"], name="a3_sheet_print_once"),
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="a3_sheet_print_paper"),
            *rules_of("a3_sheet_print"),
        ]
        indexes = indexes_of("a3_sheet_print")

    def __str__(self) -> str:
        return f"{self.get_paper_display()} of {self.sheet}"

    def get_absolute_url(self) -> str:
        return reverse("a3:print_detail", args=[self.pk])

    @property
    def again_address(self) -> str:
        return reverse("a3:print_again", args=[self.pk])

    @property
    def here_address(self) -> str:
        return reverse("a3:print_here", args=[self.pk])

    @property
    def file_address(self) -> str:
        return reverse("a3:print_file", args=[self.pk])

    @property
    def short_code(self) -> str:
        """Five letters and digits that tell this state of the sheet from every other, for reading aloud."""
        return base64.b32encode(bytes.fromhex(self.version_key[:8]))[:5].decode()

    @property
    def said_on(self) -> dt.date:
        """The day of the last change in what it says."""
        return dt.date.fromisoformat(self.version["on"]) if self.version else self.queued_at.date()

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        which = f" round {self.round.number}" if self.round else ""
        return f"{self.sheet.code}{which} {self.sheet.title}.pdf"
