"""Being at a sheet: told every few seconds by the page that shows it."""

from django.utils import timezone

from a3.models import Presence, Section, Sheet
from partners.models import Person


def be_at(sheet: Sheet, *, by: Person, section: Section | None, is_writing: bool) -> None:
    """Note that this person has the sheet before them now; one statement, whatever was noted before."""
    now = Presence(sheet=sheet, person=by, section=section, is_writing=is_writing, seen_at=timezone.now())
    Presence.objects.bulk_create(
        [now],
        update_conflicts=True,
        unique_fields=["sheet", "person"],
        update_fields=["section", "is_writing", "seen_at"],
    )
