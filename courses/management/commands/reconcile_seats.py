"""manage.py reconcile_seats: prove that the ledger of course seats says what the enrollments say."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.account import difference, entries_lacking
from courses.models import Enrollment
from partners.actions import allot
from partners.models import Allotment, Benefit, Partner

BATCH = 2000


class Command(BaseCommand):
    help = "Compare the ledger of course seats with every enrollment of every partner that was granted seats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the entries that are lacking")

    def handle(self, *_args: str, write: bool, **_options: Any) -> None:
        partners, enrollments, lacking = 0, 0, 0
        for partner in Partner.objects.filter(pk__in=Allotment.objects.of(Benefit.COURSE_SEATS).values("partner")):
            partners += 1
            for rows in _batches(partner):
                enrollments += len(rows)
                entries = entries_lacking(rows, now=timezone.now())
                for entry in entries:
                    self.stdout.write(f"{partner}, {difference(entry)}")
                if write:
                    allot(entries)
                else:
                    lacking += len(entries)
        if lacking:
            raise CommandError(f"{lacking} {'entry is' if lacking == 1 else 'entries are'} lacking: see --write.")
        self.stdout.write(f"{partners} partners, {enrollments} enrollments: the ledger says what the enrollments say.")


def _batches(partner: Partner) -> Iterator[list[Enrollment]]:
    """All enrollments of a partner, some at a time."""
    pks = Enrollment.objects.filter(partner=partner).order_by("pk").values_list("pk", flat=True)
    for some in batched(pks.iterator(BATCH), BATCH):
        yield list(Enrollment.objects.filter(pk__in=some).for_page())
