"""The certificates and letters of an offering as one file, made for whoever asked for it."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from a3.models.printing import OfficePaper, Printing, PrintingQuerySet, indexes_of, rules_of
from courses.models.offerings import Offering
from partners.lib.addresses import address_of

if TYPE_CHECKING:
    from partners.models import Someone

WAITING = Q(ready_at__isnull=True, failed_at__isnull=True, expired_at__isnull=True)


def usual_paper(zone: str) -> OfficePaper:
    """The paper that lies in the printers of a time zone."""
    return OfficePaper.usual_in(_countries().get(zone, ""))


@cache
def _countries() -> dict[str, str]:
    """Zone -> its country."""
    lines = (files("tzdata") / "zoneinfo/zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


class CertificateBookQuerySet(PrintingQuerySet["CertificateBook"]):
    def visible_to(self, user: "Someone") -> Self:
        """Their own, of offerings whose door list they still keep."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(asked_by=user, offering__in=Offering.objects.overseen_by(user))


class CertificateBook(Printing):
    """`papers` name what is in it; once one of them is not so any more, the file is let go of."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="certificate_books")
    paper = models.CharField(max_length=6, choices=OfficePaper, default=OfficePaper.A4)
    papers = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    number = models.PositiveIntegerField(default=0, help_text="How many certificates and letters it will hold.")
    done = models.PositiveIntegerField(default=0, help_text="How many of them are set.")

    objects = CertificateBookQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "asked_by"], condition=WAITING, name="courses_certificate_book_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(paper__in=OfficePaper.values), name="courses_certificate_book_paper"),
            *rules_of("courses_certificate_book"),
        ]
        indexes = indexes_of("courses_cert_book")

    def __str__(self) -> str:
        return f"Certificates, {self.offering}"

    def get_absolute_url(self) -> str:
        return address_of("courses:book_detail", self.pk)

    @property
    def expired_words(self) -> str:
        return "Nobody opened it for 30 days, or attendance was corrected since it was made."

    @property
    def again_address(self) -> str:
        return address_of("courses:book_again", self.pk)

    @property
    def here_address(self) -> str:
        return address_of("courses:book_here", self.pk)

    @property
    def file_address(self) -> str:
        return address_of("courses:book_file", self.pk)

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        return f"Certificates {self.offering.starts_on:%Y-%m-%d} {self.offering.course.name}.pdf"
