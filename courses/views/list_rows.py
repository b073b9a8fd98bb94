"""How the rows of a list are shown: who is meant, what will become of them, and what to do about those in doubt."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from courses.actions.knowing import words_of
from courses.importing.columns import Said, language_of, said_in
from courses.models import EnrollmentImport, ImportRow, Offering
from courses.models.imports import DONE, IDLE, LOOK
from partners.http import AuthenticatedRequest
from partners.lib.fields import sort_key
from partners.models import Assignment, Partner, Person

Outcome = ImportRow.Outcome
PARTS = {"look": "Need a look", "ready": "To be put down", "done": "Put down", "idle": "Nothing to do"}
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Choice:
    """Somebody who may be meant."""

    person: Person
    line: str


@dataclass(frozen=True)
class Shown:
    """One row. `place` is that in the line, from 1, of who will wait; 0 of who gets a seat.

    Where seats are held for partners the engine alone says who gets one: `may_be_held`.
    """

    row: ImportRow
    line: str
    listed: str
    remarks: list[str]
    choices: list[Choice]
    place: int
    may_be_held: bool
    invite: str


@dataclass
class Ground:
    """What the rows of one page share."""

    of: EnrollmentImport
    offering: Offering
    people: dict[int, Person] = field(default_factory=dict)
    partners: list[Partner] = field(default_factory=list)
    before: int = 0  # rows that are put down before the first one of this page

    def choice(self, pk: int) -> Choice | None:
        person = self.people.get(pk)
        return Choice(person, line_of(person)) if person else None


@dataclass(frozen=True)
class Part:
    """Rows of one kind: the value of ?show=, and its words."""

    name: str
    words: str


@dataclass(frozen=True)
class Summary:
    """How many rows there are of each kind."""

    counts: dict[str, int]
    seats: int

    def _of(self, *outcomes: str) -> int:
        return sum(self.counts.get(outcome, 0) for outcome in outcomes)

    @property
    def look(self) -> int:
        return self._of(*LOOK)

    @property
    def ready(self) -> int:
        return self._of(Outcome.READY)

    @property
    def seated_then(self) -> int:
        return min(self.ready, max(self.seats, 0))

    @property
    def waiting_then(self) -> int:
        return self.ready - self.seated_then

    @property
    def seated(self) -> int:
        return self._of(Outcome.SEATED)

    @property
    def waiting(self) -> int:
        return self._of(Outcome.WAITS)

    @property
    def done(self) -> int:
        return self._of(*DONE)

    @property
    def parts(self) -> list[Part]:
        """The kinds of rows that there are, as links."""
        numbers = {"look": self.look, "ready": self.ready, "done": self.done, "idle": self._of(*IDLE)}
        return [Part(name, PARTS[name]) for name, number in numbers.items() if number]

    @property
    def idle(self) -> dict[str, int]:
        return {outcome.value: self.counts.get(outcome, 0) for outcome in IDLE}

    @property
    def unread(self) -> int:
        return self._of(Outcome.UNREAD)

    @property
    def looked_up(self) -> int:
        return self.all - self.unread

    @property
    def to_do(self) -> int:
        return self.done + self.ready

    @property
    def all(self) -> int:
        return sum(self.counts.values()) - self._of(Outcome.HEADING)


def line_of(person: Person) -> str:
    """Where somebody works; needs `assignments` prefetched."""
    current = next(iter(person.assignments.all()), None)
    return ", ".join(filter(None, [current.position, current.site.name])) if current else ""


def shown_rows(request: AuthenticatedRequest, of: EnrollmentImport, rows: list[ImportRow]) -> list[Shown]:
    """The rows of one page with what is said about them, in the same few queries however many they are."""
    ground = _ground(request.user, of, rows)
    ready = 0
    shown = []
    for row in rows:
        shown.append(_shown(row, ground, ready))
        ready += row.outcome == Outcome.READY
    return shown


def _ground(user: Person, of: EnrollmentImport, rows: list[ImportRow]) -> Ground:
    ground = Ground(of, Offering.objects.visible_to(user).with_state_of(user).get(pk=of.offering_id))
    pks = {pk for row in rows for pk in (row.person_id, *row.candidates) if pk}
    work = Assignment.objects.visible_to(user).current().select_related("site")
    people = Person.objects.visible_to(user).prefetch_related(Prefetch("assignments", work)).filter(pk__in=pks)
    ground.people = {person.pk: person for person in people}
    first = next((row for row in rows if row.outcome == Outcome.READY), None)
    if first:
        ground.before = of.rows.ready().filter(number__lt=first.number).count()
    if any(row.needs_look for row in rows):
        ground.partners = _partners(user, of, rows)
    return ground


def _partners(user: Person, of: EnrollmentImport, rows: list[ImportRow]) -> list[Partner]:
    """To which the reader may invite: those led; for LEI's staff those that the list names."""
    if not user.sees_all_partners:
        return list(Partner.objects.led_by(user))
    named = {sort_key(said_in(row.cells, of.columns).partner) for row in rows} - {""}
    return list(Partner.objects.manageable_by(user).filter(sort_name__in=named)) if named else []


def _shown(row: ImportRow, ground: Ground, ready: int) -> Shown:
    said = said_in(row.cells, ground.of.columns)
    rank = ground.before + ready - ground.offering.left
    place = rank + 1 + getattr(ground.offering, "waiting", 0) if row.outcome == Outcome.READY and rank >= 0 else 0
    person = ground.people.get(row.person_id or 0)
    return Shown(
        row=row,
        line=line_of(person) if person else "",
        listed=_listed(row, person),
        remarks=_remarks(said, ground.offering),
        choices=[choice for pk in row.candidates if (choice := ground.choice(pk))],
        place=place,
        may_be_held=ground.offering.has_holds and ground.offering.left > 0,
        invite=_invite(said, ground) if row.outcome == Outcome.UNKNOWN else "",
    )


def _listed(row: ImportRow, person: Person | None) -> str:
    """What the list says, where that is not the person's own name or address; last names may come first."""
    if person is None:
        return ""
    name = "" if set(words_of(row.name)) == set(words_of(person.name)) else row.name
    return ", ".join(filter(None, [name, "" if row.email == person.email else row.email]))


def _remarks(said: Said, offering: Offering) -> list[str]:
    """The list's own note, and a language in which this is not taught."""
    language = language_of(said.language)
    other = bool(language) and language != offering.language
    here = LANGUAGES.get(offering.language, offering.language)
    return [
        *([f"Asks for {LANGUAGES[language]}; this is in {here}."] if other else []),
        *([f"Note: {said.note}"] if said.note else []),
    ]


def _invite(said: Said, ground: Ground) -> str:
    """Where the person can be asked in."""
    key, kept_for = sort_key(said.partner), ground.of.offering.partner
    named = [partner for partner in ground.partners if key and key in sort_key(partner.name)]
    partner = next(iter(named or ground.partners), kept_for)
    return reverse("partners:invitation_new", args=[partner.pk]) if partner else reverse("partners:partner_list")
