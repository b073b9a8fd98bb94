"""Holding a sheet while one acts on it, and who hears of it.

A sheet is locked so that rows which point at it can be written meanwhile (FOR NO KEY UPDATE): with more, two people who
each name the other one's sheet would wait for each other. Who holds sections or figures too takes those first.
"""

from a3.models import Sheet
from partners.actions import post
from partners.lib.mailing import Words
from partners.models import Person


class NotAsSeen(Exception):
    """The sheet is not any more what its page showed: it is in the archive by now, or it has other sections."""


def locked(sheet: Sheet) -> Sheet:
    """The sheet as it is now, with its people, and held until the transaction ends."""
    # alone: with joins, a row that changed meanwhile drops out
    Sheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    return Sheet.objects.with_people().get(pk=sheet.pk)


def kept(sheet: Sheet) -> Sheet:
    """`locked`, for who writes there. Raises NotAsSeen when somebody has put it in the archive."""
    sheet = locked(sheet)
    if sheet.is_archived:
        raise NotAsSeen(f"{sheet.archived_by} has put this sheet in the archive. It can be taken back from there.")
    return sheet


def reads(person: Person, sheet: Sheet) -> bool:
    return person.is_active and Sheet.objects.visible_to(person).filter(pk=sheet.pk).exists()


def tell(person: Person, sheet: Sheet, words: Words, *, key: str) -> None:
    """Mail what happened on a sheet to somebody, unless they have left its partner: then it is none of theirs."""
    if reads(person, sheet):
        post(words, key=key, to=person)
