"""Noting that somebody opened a material, and that they are done with it. Each may be said twice."""

from django.db import transaction
from django.utils import timezone

from courses.models import Material, Progress
from partners.models import Person


def note_opened(material: Material, *, by: Person) -> None:
    """Keep when it was opened first."""
    Progress.objects.bulk_create([Progress(material=material, person=by)], ignore_conflicts=True)
    first = Progress.objects.filter(material=material, person=by, opened_at__isnull=True)
    first.update(opened_at=timezone.now())


@transaction.atomic
def note_done(material: Material, *, by: Person, is_done: bool) -> None:
    """Tick it, keeping when that was first; or take the tick away."""
    Progress.objects.bulk_create([Progress(material=material, person=by)], ignore_conflicts=True)
    rows = Progress.objects.filter(material=material, person=by)
    if is_done:
        rows.filter(done_at__isnull=True).update(done_at=timezone.now())
    else:
        rows.update(done_at=None)
