"""Placing a visit although something speaks against it."""

from coaching.actions.refusals import NeedsReason
from coaching.models import Override, Visit
from coaching.warnings import Concern, warnings_of
from partners.models import Person


def weigh(visit: Visit, *, reason: str) -> list[Concern]:
    """Return what speaks against the visit; raises NeedsReason when something does and no reason is given."""
    concerns = warnings_of(visit)
    if concerns and not reason.strip():
        raise NeedsReason([concern.words for concern in concerns])
    return concerns


def override(visit: Visit, concerns: list[Concern], *, reason: str, by: Person) -> None:
    """Keep what was read and why it was decided otherwise."""
    Override.objects.bulk_create(
        Override(visit=visit, code=concern.code, words=concern.words[:300], reason=reason.strip()[:300], by=by)
        for concern in concerns
    )
