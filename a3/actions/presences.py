"""Being at a sheet: told every few seconds by the page that shows it."""

from django.db import IntegrityError
from django.utils import timezone

from a3.models import Presence, Section, Sheet
from partners.models import Person


def be_at(sheet: Sheet, *, by: Person, section: Section | None, is_writing: bool) -> None:
    """Note that this person has the sheet before them now; one statement, whatever was noted before."""
    try:
        _note(Presence(sheet=sheet, person=by, section=section, is_writing=is_writing))
    except IntegrityError:  # the sheet got another type in this moment, and has no such section any more
        _note(Presence(sheet=sheet, person=by))


def _note(now: Presence) -> None:
    now.seen_at = timezone.now()
    Presence.objects.bulk_create(
        [now],
        update_conflicts=True,
        unique_fields=["sheet", "person"],
        update_fields=["section", "is_writing", "seen_at"],
    )
