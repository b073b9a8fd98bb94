"""manage.py demo: load the demo program into an empty database, or print its sign-ins."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leipartners.demo.accounts import demo_accounts
from leipartners.demo.load import load_demo
from partners.models import Person


class Command(BaseCommand):
    help = "Load the demo program (six partners, six years) into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="load N times as much, for the benchmark")
        parser.add_argument("--accounts", action="store_true", help="print the sign-ins as JSON and load nothing")

    def handle(self, *_args: str, scale: int, accounts: bool, **_options: Any) -> None:
        if accounts:
            self.stdout.write(json.dumps([asdict(account) for account in demo_accounts()], indent=2))
            return
        if scale < 1:
            raise CommandError("--scale is a whole number from 1.")
        if Person.objects.exists():
            raise CommandError("The database holds people already; the demo program is loaded into an empty one only.")
        load_demo(scale=scale, say=self.stdout.write)
