"""Keeping a filter of the list of sheets under a name."""

from django.db import IntegrityError, transaction

from a3.models import SavedList
from a3.models.saved_lists import MOST_SAVED
from partners.models import Person

GONE = "This list was deleted in the meantime, in another tab perhaps. Keep it anew from the list of A3s."


class CannotSave(Exception):
    """The name is taken, there are very many, or the list was deleted meanwhile."""


@transaction.atomic
def save_list(saved: SavedList, *, by: Person) -> SavedList:
    """Keep a new list, or the new name of one that is kept. Kept twice under one name, it is one. Raises CannotSave."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = SavedList.objects.filter(person=by)
    if before := mine.filter(name=saved.name, query=saved.query).first():
        return before
    if not saved.pk and mine.count() >= MOST_SAVED:
        raise CannotSave(f"You keep {MOST_SAVED} lists already. Delete one that you no longer use, then keep this one.")
    saved.person = by
    try:
        with transaction.atomic():
            saved.save(force_update=bool(saved.pk))
    except IntegrityError as error:
        raise CannotSave("You keep a list of this name already. Choose another name.") from error
    except SavedList.NotUpdated as error:
        raise CannotSave(GONE) from error
    return saved
