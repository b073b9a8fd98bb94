"""Loading the demo program, whole or not at all."""

import time
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from leipartners.demo.courses import teach
from leipartners.demo.history import write_sheets
from leipartners.demo.people import settle_ground
from leipartners.demo.visits import plan_visits


@transaction.atomic
def load_demo(*, scale: int, say: Callable[[str], object]) -> None:
    """Write `scale` times the demo program into an empty database and say how far it has come."""
    began = time.monotonic()

    def told(what: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {what}")

    ground = settle_ground(timezone.localdate(), scale=scale)
    told(f"{len(ground.partners)} partners, {len(ground.sites)} sites, {len(ground.assignments)} assignments")
    told(f"{plan_visits(ground)} visits")
    offerings, enrollments = teach(ground, scale=scale)
    told(f"{write_sheets(ground)} sheets")
    told(f"{offerings} offerings, {enrollments} enrollments")
