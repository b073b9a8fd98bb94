"""Whoever is no longer named on a sheet is asked for nothing there any more."""

from contextlib import suppress

from django.db.models import Q

from a3.actions.agreements import stop_asking
from a3.actions.holding import reads
from a3.actions.talks import TalkChanged, cancel_talk
from a3.models import Agreement, Sheet, Talk
from partners.models import Person


def let_go(sheet: Sheet, person: Person) -> None:
    """Call off their talks about it, and stop asking for their agreement where they do not see the sheet any more.

    The sheet is locked by whoever calls.
    """
    if not reads(person, sheet):
        for agreement in Agreement.objects.current().filter(sheet=sheet, person=person):
            stop_asking(agreement)
    for talk in Talk.objects.open().filter(Q(asked_by=person) | Q(asked_of=person), sheet=sheet):
        with suppress(TalkChanged):  # one of the two has just called it off
            cancel_talk(talk, by=sheet.owner, words=f"{person.name} is not on this sheet any more.")
