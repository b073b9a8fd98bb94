"""Writing to the ledger of what partners may use: one door, through which nothing passes twice."""

from collections.abc import Iterable

from partners.models import Allotment

BATCH = 2000


def allot(entries: Iterable[Allotment]) -> int:
    """Write entries to the ledger; returns how many were new. One whose key is there already stays as it is.

    Amounts are days with halves or whole seats; only what is added or carried over may be below zero. `about` names
    what an entry follows, such as "visit:17"; without `made_by` the clock has written it.
    """
    found = list(entries)
    known = set(Allotment.objects.filter(key__in=[entry.key for entry in found]).values_list("key", flat=True))
    new = [entry for entry in found if entry.key not in known]
    Allotment.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new)
