"""Asking for the pack of a visit, and letting go of one."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from a3.actions import count_prints
from a3.models.printing import OfficePaper
from coaching import tasks
from coaching.models import Visit, VisitPack
from partners.lib.queueing import enqueue
from partners.models import Person


@transaction.atomic
def ask_for_pack(visit: Visit, *, by: Person) -> VisitPack:
    """Begin the pack as things are now; one that this person waits for is that one. Raises TooManyPrints."""
    count_prints(VisitPack, by)
    waiting = VisitPack.objects.unfinished().filter(visit=visit, asked_by=by)
    if row := waiting.first():
        return row
    try:
        with transaction.atomic():
            row = VisitPack.objects.create(visit=visit, asked_by=by, paper=OfficePaper.usual_in(visit.site.country))
    except IntegrityError:  # asked for twice at the same moment
        return VisitPack.objects.filter(visit=visit, asked_by=by).latest("queued_at", "pk")
    enqueue(tasks.make_pack, row.pk)
    return row


def let_go_of_pack(pack: VisitPack) -> None:
    """Take its file away: something in it may not be seen any more by whom it was made for."""
    name = str(pack.file.name)
    gone = {"ready_at": None, "pages": None, "file": "", "expired_at": timezone.now()}
    if VisitPack.objects.filter(pk=pack.pk, ready_at__isnull=False).update(**gone):
        pack.file.storage.delete(name)
