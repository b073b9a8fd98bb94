"""Keeping a filter of the list of sheets under a name."""

from django.db import IntegrityError, transaction

from a3.models import SavedList
from a3.models.saved_lists import MOST_SAVED
from partners.models import Person


class CannotSave(Exception):
    """The name is taken, or there are very many."""


def save_list(saved: SavedList, *, by: Person) -> SavedList:
    """Keep a new list, or the new name of one that is kept. Raises CannotSave."""
    if not saved.pk and SavedList.objects.filter(person=by).count() >= MOST_SAVED:
        raise CannotSave(f"You keep {MOST_SAVED} lists already. Delete one that you no longer use, then keep this one.")
    saved.person = by
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise CannotSave("You keep a list of this name already. Choose another name.") from error
    return saved
