"""Answers from a mail: a signed link by which one person confirms or declines one visit without signing in.

It names the person, the visit, the side they speak for, and the proposal (time and coach) that they were asked about.
Nothing of it is kept: it holds as long as all of this is so.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from coaching.models import Visit, VisitSide
from partners.models import Person

signer = Signer(salt="coaching.answers", sep=".")


@dataclass(frozen=True)
class Answer:
    """What a link stands for; the visit as it is now."""

    visit: Visit
    person: Person
    side: VisitSide
    proposal: int

    @property
    def is_outdated(self) -> bool:
        """Whether the visit was moved, or given to another coach, since the mail was written."""
        return self.visit.proposal != self.proposal

    @property
    def is_given(self) -> bool:
        """Whether somebody has confirmed for this side."""
        return getattr(self.visit, f"{self.side}_confirmed_at") is not None

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the question still stands."""
        visit = self.visit
        return not (visit.is_cancelled or self.is_outdated or self.is_given or visit.starts_at <= now)


def address_for(visit: Visit, person: Person) -> str:
    """Return the path by which this person answers; "" when the visit does not wait for them."""
    if not Visit.objects.confirmable_by(person).filter(pk=visit.pk).exists():
        return ""
    side = VisitSide.COACH if person.pk == visit.coach_id else VisitSide.PARTNER
    return reverse("coaching:answer", args=[signer.sign_object([visit.pk, person.pk, side, visit.proposal])])


def read(token: str) -> Answer | None:
    """Return what the link stands for; None when we did not write it, or its person speaks for that side no more."""
    try:
        visit_pk, person_pk, side, proposal = signer.unsign_object(token)
    except BadSignature:
        return None
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    if person is None:
        return None
    rows = Visit.objects.answerable_by(person).select_related("coach", "site__partner", "placed_by", "moved_by")
    visit = rows.filter(pk=visit_pk).first()
    if visit is None or (side == VisitSide.COACH) != (visit.coach_id == person.pk):
        return None
    return Answer(visit, person, VisitSide(side), proposal)
