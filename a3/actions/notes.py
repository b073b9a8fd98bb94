"""A coach's private notes: writing one, and changing one that is still there."""

from django.db import transaction
from django.utils import timezone

from a3.actions.twice import sent_before
from a3.models import CoachNote
from partners.models import Person


class NoteGone(Exception):
    """The note was deleted meanwhile, in another tab perhaps: changing it would bring it back."""


@transaction.atomic
def write_note(note: CoachNote, *, by: Person) -> CoachNote:
    """Keep a new note of `by`. The same written once more within a minute is one note."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = CoachNote.objects.filter(author=by, about=note.about)
    if before := sent_before(mine, at="made_at", text=note.text, sheet=note.sheet):
        return before
    note.author = by
    note.save()
    return note


def change_note(note: CoachNote) -> None:
    """Keep the text of a note. Raises NoteGone."""
    if not CoachNote.objects.filter(pk=note.pk).update(text=note.text, changed_at=timezone.now()):
        raise NoteGone
