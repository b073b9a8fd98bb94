"""What will become of each row of a list: who is meant, and whether they can be put down. Writes no enrollment."""

import re
from collections.abc import Sequence

from courses.actions.knowing import Known, Place, known_for, turns_of, words_of
from courses.importing.columns import Said, said_in
from courses.models import Enrollment, EnrollmentImport, ImportRow
from courses.models.imports import COUNTING, Outcome
from partners.lib.fields import sort_key
from partners.models import Person

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
MOST_CANDIDATES = 5


class Doubt(Exception):
    """Why a row needs a look, with those who may be meant."""

    def __init__(self, outcome: Outcome, says: str, *candidates: Person) -> None:
        super().__init__(says)
        self.outcome, self.says = outcome, says
        self.candidates = [person.pk for person in candidates[:MOST_CANDIDATES]]


def weigh(of: EnrollmentImport, rows: Sequence[ImportRow]) -> None:
    """Say of each row what it means and what will become of it; the caller saves them. They come in their order."""
    said = [said_in(row.cells, of.columns) for row in rows]
    for row, words in zip(rows, said, strict=True):
        if not row.is_mended:
            row.name, row.email = words.name, words.email
    known = known_for(of, rows)
    for row, words in zip(rows, said, strict=True):
        row.candidates = []
        try:
            row.person = person_of(row, words, known)
            _stands(row, row.person, of, known)
        except Doubt as doubt:
            row.candidates, row.is_chosen = doubt.candidates, False
            row.person = None
            row.becomes(doubt.outcome, doubt.says)
        if row.person and row.outcome in COUNTING:
            known.earlier.setdefault(row.person.pk, row.number)


def person_of(row: ImportRow, said: Said, known: Known) -> Person:
    """Who is meant. Raises Doubt."""
    if row.is_chosen and row.person_id in known.by_pk:
        return known.by_pk[row.person_id]
    named = _named(row.name, said, known)
    if row.email:
        person = _with_address(row, named, known)
    elif not row.name:
        raise Doubt(Outcome.EMPTY, "Neither a name nor an address stands here. Write one, or leave the row out.")
    elif not named:
        raise Doubt(Outcome.UNKNOWN, "Nobody has this name. Write the e-mail address, or invite them.")
    elif len(named) > 1:
        raise Doubt(Outcome.SEVERAL, f"{len(named)} people have this name. Choose one.", *named)
    else:
        person = named[0]
    _check_partner(person, said, known)
    return person


def _with_address(row: ImportRow, named: list[Person], known: Known) -> Person:
    if not ADDRESS.fullmatch(row.email):
        raise Doubt(Outcome.NO_ADDRESS, f"“{row.email[:80]}” is no e-mail address. Write it anew.", *named)
    person = known.by_email.get(row.email)
    if person is None:
        also = " Somebody with this name has another one." if named else ""
        raise Doubt(Outcome.UNKNOWN, f"Nobody has this address.{also}", *named)
    if row.name and not set(words_of(row.name)) & set(words_of(person.name)):
        others = [other for other in named if other != person]
        raise Doubt(Outcome.DIFFERS, f"The list says {row.name[:80]}, the address is {person}’s.", person, *others)
    return person


def _named(name: str, said: Said, known: Known) -> list[Person]:
    """Who has the name: of several those at the partner and site that the list says, and those with an open account."""
    found = {person.pk: person for key in turns_of(name) for person in known.by_name.get(key, ())}
    people = list(found.values())
    for fits in (lambda one: one.is_active, lambda one: _is_at(known.places[one.pk], said)):
        people = [one for one in people if fits(one)] or people
    return people


def _is_at(places: list[Place], said: Said) -> bool:
    partner, site = sort_key(said.partner), sort_key(said.site)
    return any(_fits(partner, place.partner) and _fits(site, place.site) for place in places)


def _fits(said: str, name: str) -> bool:
    """Whether the list may mean this name; where it says nothing it does."""
    return not said or said in name or name in said


def _check_partner(person: Person, said: Said, known: Known) -> None:
    places, partner = known.places[person.pk], sort_key(said.partner)
    if places and not any(_fits(partner, place.partner) for place in places):
        now = places[0].partner_name
        raise Doubt(Outcome.DIFFERS, f"The list says {said.partner[:80]}, {person} is at {now}.", person)


def _stands(row: ImportRow, person: Person, of: EnrollmentImport, known: Known) -> None:
    """What will become of the row, now that the person is known. Raises Doubt."""
    _check_may_go(person, of, known)
    present = known.living.get(person.pk)
    if present and present.pk not in known.answered:
        words = f"{person} has asked through another partner, which answers."
        raise Doubt(Outcome.ELSEWHERE, words)
    if person.pk in known.earlier:
        row.becomes(Outcome.TWICE, f"The same person as in row {known.earlier[person.pk]}.")
    elif present and present.state != Enrollment.State.ASKED:
        row.becomes(Outcome.ON_LIST, present.get_state_display())
    else:
        row.becomes(Outcome.READY, "Has asked, and is approved." if present else "")


def _check_may_go(person: Person, of: EnrollmentImport, known: Known) -> None:
    kept_for = of.offering.partner
    places = {place.partner_pk for place in known.places[person.pk]}
    if not person.is_active:
        raise Doubt(Outcome.INACTIVE, f"The account of {person} is closed. An administrator can open it again.")
    if known.led is not None and not places & known.led:
        raise Doubt(Outcome.ELSEWHERE, f"{person} is not at your partner now. LEI’s staff can put them down.")
    if kept_for and kept_for.pk not in places:
        raise Doubt(Outcome.ELSEWHERE, f"This is kept for {kept_for}, and {person} is not there now.")
