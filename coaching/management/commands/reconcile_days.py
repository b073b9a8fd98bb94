"""manage.py reconcile_days: prove that the ledger of coach days says what the visits say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coaching.account import difference, entries_lacking
from coaching.models import Charter, Visit
from partners.actions import allot
from partners.models import Partner


class Command(BaseCommand):
    help = "Compare the ledger of coach days with every visit of every partner that has or had a charter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the entries that are lacking")

    def handle(self, *_args: str, write: bool, **_options: Any) -> None:
        now, partners, visits, lacking = timezone.now(), 0, 0, 0
        for partner in Partner.objects.filter(pk__in=Charter.objects.agreed().values("partner")):
            theirs = list(Visit.objects.filter(site__partner=partner).select_related("site"))
            entries = entries_lacking(theirs, now=now)
            for entry in entries:
                self.stdout.write(f"{partner}, {difference(entry)}")
            if write:
                allot(entries)
            else:
                lacking += len(entries)
            partners, visits = partners + 1, visits + len(theirs)
        if lacking:
            raise CommandError(f"{lacking} {'entry is' if lacking == 1 else 'entries are'} lacking: see --write.")
        self.stdout.write(f"{partners} partners, {visits} visits: the ledger says what the visits say.")
