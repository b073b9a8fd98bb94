"""Reaction, learning, behaviour and results of courses, side by side: numbers of people, and never a score of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import Enrollment, FollowUp
from courses.models.enrollments import EnrollmentQuerySet
from courses.models.plans import ASKED_AFTER, PATIENCE, Can, Done, Would
from partners.models import Check, Claim, Person
from partners.models.claims import ASKED_AHEAD, CLAIMED, Outcome
from partners.tables import Cell, Column

UNKNOWN = "unknown"
GAIN = 0  # stands where the others say after how many days
GOOD, SOME, POOR = "good", "some", "poor"  # how a piece of a bar is drawn; what is not known is hatched
REACTION = (
    (Would.YES, "yes", GOOD),
    (Would.PARTLY, "perhaps", SOME),
    (Would.NO, "no", POOR),
    (UNKNOWN, "unknown", UNKNOWN),
)
LEARNING = (
    (Can.ALONE, "alone", GOOD),
    (Can.WITH_HELP, "with help", SOME),
    (Can.NOT_YET, "not yet", POOR),
    (UNKNOWN, "unknown", UNKNOWN),
)
BEHAVIOUR = (
    (Done.YES, "did it", GOOD),
    (Done.PARTLY, "partly", SOME),
    (Done.NOT_YET, "not yet", POOR),
    (Done.GAVE_UP, "gave it up", POOR),
    (UNKNOWN, "unknown", UNKNOWN),
)
RESULTS = (
    (Outcome.IMPROVING, "improving", GOOD),
    (Outcome.HOLDING, "holding", GOOD),
    (CLAIMED, "not checked yet", SOME),
    (Outcome.SLIPPED, "slipped", POOR),
    (UNKNOWN, "unknown", UNKNOWN),
)


@dataclass(frozen=True)
class Piece:
    """So many of a bar, drawn from `x` over `width` of a hundred."""

    look: str
    words: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """How many of those who could be asked said what."""

    pieces: list[Piece]
    lead: str = ""  # what the good pieces are together, where there are several

    @property
    def of(self) -> int:
        return sum(piece.number for piece in self.pieces)

    @property
    def first(self) -> tuple[int, str]:
        """What the bar is read for: how many are at the good end of it, and in words."""
        good = sum(piece.number for piece in self.pieces if piece.look == GOOD)
        return good, self.lead or self.pieces[0].words

    @property
    def drawn(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.number]

    @property
    def rest(self) -> str:
        """2 partly, 1 unknown."""
        others = self.pieces if self.lead else self.pieces[1:]
        return ", ".join(f"{piece.number} {piece.words}" for piece in others if piece.number)


def bar_of(counts: Mapping[str, int], looks: Iterable[tuple[str, str, str]], lead: str = "") -> Bar:
    kinds = list(looks)
    total = sum(counts.get(kind, 0) for kind, _, _ in kinds)
    pieces, x = [], 0.0
    for kind, words, look in kinds:
        number = counts.get(kind, 0)
        width = 100 * number / total if total else 0
        pieces.append(Piece(look, words, number, round(x, 2), round(width, 2)))
        x += width
    return Bar(pieces, lead)


@dataclass
class Side:
    """One line of the table: a course of a partner, or a partner in an offering."""

    name: str
    counts: dict[str, int]
    checks: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    gains: dict[str, int] = field(default_factory=dict)

    @property
    def took(self) -> int:
        return self.counts["took"]

    @property
    def reaction(self) -> Bar:
        return bar_of(self._said("would", Would.values), REACTION)

    @property
    def learning(self) -> Bar:
        return bar_of(self._said("can", Can.values), LEARNING)

    def _said(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """Who took it and said nothing is not known."""
        said = {value: self.counts[f"{name}_{value}"] for value in values}
        return said | {UNKNOWN: self.took - sum(said.values())}

    @property
    def behaviour(self) -> list[tuple[int, Bar]]:
        return [(after, bar_of(self.checks[after], BEHAVIOUR)) for after in ASKED_AFTER]

    @property
    def results(self) -> Bar:
        return bar_of(self.gains, RESULTS, "hold")


def _per(name: str, field_name: str, values: Iterable[str]) -> dict[str, Any]:
    return {f"{name}_{value}": Count("pk", filter=Q(**{field_name: value})) for value in values}


COUNTED: dict[str, Any] = {
    "took": Count("pk"),
    "agreed": Count("pk", filter=Q(purpose__agreed_at__isnull=False)),
    "planned": Count("plan"),
    "sheets": Count("plan__sheet"),
    "could": Count("pk", filter=Q(reaction__could=Can.ALONE)),
    **_per("would", "reaction__recommends", Would.values),
    **_per("can", "reaction__can", Can.values),
}


def took_part(now: dt.datetime) -> EnrollmentQuerySet:
    """Everybody of a partner who was in something that is over."""
    over = Enrollment.objects.who_came().filter(partner__isnull=False, offering__cancelled_at__isnull=True)
    return over.filter(offering__ends_on__lt=now.date())


def sides_of(enrollments: EnrollmentQuerySet, *, by: str, reader: Person) -> list[Side]:
    """The lines for these enrollments, by "partner" or "offering__course", and one for all of them; two queries.

    Claims are counted only where the reader sees them.
    """
    now = timezone.now()
    named = enrollments.order_by().values(side=F(by), name=F(f"{by}__name"))
    rows: Iterable[Any] = named.annotate(**COUNTED).order_by("name")
    sides = {row["side"]: Side(row["name"], {key: row[key] for key in COUNTED}) for row in rows}
    checks = _checks(enrollments, now).values_list(_side("plan__enrollment", by), "after", "state")
    gains = _gains(enrollments, reader, now).values_list(
        _side("effect__sheet__application_plan__enrollment", by), Value(GAIN), "stands"
    )
    both = checks.annotate(n=Count("pk")).union(gains.annotate(n=Count("pk")), all=True)
    for side, after, stands, number in both.order_by():
        said = sides[side].gains if after == GAIN else sides[side].checks[after]
        said[stands] = number
    return [*sides.values(), *([_together(list(sides.values()))] if len(sides) > 1 else [])]


def _side(enrollment: str, by: str) -> F:
    return F(f"{enrollment}__{by}")


def _checks(enrollments: EnrollmentQuerySet, now: dt.datetime) -> QuerySet[Any, Any]:
    """Checks that were answered, or whose answer is two weeks late: those of a plan given up stay given up."""
    state = Case(
        When(~Q(done=""), then=F("done")),
        When(plan__latest=Done.GAVE_UP, then=Value(Done.GAVE_UP.value)),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )
    due = Q(due_at__lt=now - PATIENCE) | ~Q(done="")
    return FollowUp.objects.filter(due, plan__enrollment__in=enrollments).annotate(state=state).order_by()


def _gains(enrollments: EnrollmentQuerySet, reader: Person, now: dt.datetime) -> QuerySet[Any, Any]:
    """What sheets made of plans gained, and how that stands, as `Claim.standing` says it."""
    checks = Check.objects.filter(claim=OuterRef("pk"))
    waiting = checks.filter(answered_at__isnull=True)
    late = waiting.filter(due_on__lt=timezone.localdate(now) - ASKED_AHEAD)
    newest = checks.filter(answered_at__isnull=False).order_by("-due_on").values("outcome")[:1]
    first = Case(When(Exists(waiting), then=Value(CLAIMED)), default=Value(UNKNOWN), output_field=CharField())
    stands = Case(
        When(Q(ended_at__isnull=True) & Exists(late), then=Value(UNKNOWN)),
        default=Coalesce(Subquery(newest), first),
        output_field=CharField(),
    )
    gains = Claim.objects.visible_to(reader).filter(effect__sheet__application_plan__enrollment__in=enrollments)
    return gains.annotate(stands=stands).order_by()


def _together(sides: list[Side]) -> Side:
    whole = Side("Together", {key: sum(side.counts[key] for side in sides) for key in COUNTED})
    for side in sides:
        for after, counts in side.checks.items():
            for state, number in counts.items():
                whole.checks[after][state] = whole.checks[after].get(state, 0) + number
        for stands, number in side.gains.items():
            whole.gains[stands] = whole.gains.get(stands, 0) + number
    return whole


def columns(first: str) -> list[Column]:
    """Of the same as a file."""
    behaviour = [f"{after} days: {words}" for after in ASKED_AFTER for _, words, _ in BEHAVIOUR]
    titles = [
        *("Took it", "Agreed before with a manager"),
        *(f"Would send a co-worker: {words}" for _, words, _ in REACTION),
        "Could do it alone before",
        *(f"Can do it now: {words}" for _, words, _ in LEARNING),
        *("Made a plan", *behaviour, "Made it an A3"),
        *(f"Gains {words}" for _, words, _ in RESULTS),
    ]
    return [Column(first, 24), *map(Column, titles)]


def cells(side: Side) -> list[Cell]:
    """In the order of `columns`."""
    bars = [side.learning, *(bar for _, bar in side.behaviour)]
    learning, *behaviour = [[piece.number for piece in bar.pieces] for bar in bars]
    return [
        *(side.name, side.took, side.counts["agreed"]),
        *(piece.number for piece in side.reaction.pieces),
        *(side.counts["could"], *learning, side.counts["planned"]),
        *(number for numbers in behaviour for number in numbers),
        *(side.counts["sheets"], *(piece.number for piece in side.results.pieces)),
    ]
