"""Answers from a mail: signed links by which one person does one thing without signing in.

A link names the person and what they were asked about. Nothing of it is kept: it holds as long as that still waits for
them, and so it answers once. To correct an answer one signs in.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from courses.models import FollowUp, Purpose
from courses.models.plans import LINK_HOLDS
from partners.models import Person

agreements = Signer(salt="courses.purposes", sep=".")
follow_ups = Signer(salt="courses.follow-ups", sep=".")


@dataclass(frozen=True)
class Agreement:
    """What a manager's link stands for; the purpose as it is now."""

    purpose: Purpose
    person: Person
    version: int

    @property
    def is_outdated(self) -> bool:
        """The text was changed since the mail was written."""
        return self.purpose.version != self.version

    def is_open(self, now: dt.datetime) -> bool:
        return not self.is_outdated and self.purpose.is_open(now)


@dataclass(frozen=True)
class Answer:
    """What a learner's link stands for; the check as it is now."""

    follow_up: FollowUp
    person: Person

    def is_open(self, now: dt.datetime) -> bool:
        """Not answered yet, and its day was not long ago."""
        row = self.follow_up
        return row.answered_at is None and row.due_at <= now < row.due_at + LINK_HOLDS


def agreement_address(purpose: Purpose) -> str:
    """Return the path by which the manager answers this version."""
    token = agreements.sign_object([purpose.pk, purpose.manager_id, purpose.version])
    return reverse("courses:purpose_answer", args=[token])


def follow_up_address(follow_up: FollowUp, person: Person) -> str:
    """Return the path by which this person says whether they did it."""
    return reverse("courses:follow_up_by_link", args=[follow_ups.sign_object([follow_up.pk, person.pk])])


def read_agreement(token: str) -> Agreement | None:
    """Return what the link stands for; None when we did not write it, or its person is not asked any more."""
    try:
        purpose_pk, person_pk, version = agreements.unsign_object(token)
    except BadSignature:
        return None
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    purpose = person and Purpose.objects.answerable_by(person).for_page().filter(pk=purpose_pk).first()
    return Agreement(purpose, person, version) if person and purpose else None


def read_answer(token: str) -> Answer | None:
    """As `read_agreement`, of a check."""
    try:
        follow_up_pk, person_pk = follow_ups.unsign_object(token)
    except BadSignature:
        return None
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    row = person and FollowUp.objects.answerable_by(person).for_page().filter(pk=follow_up_pk).first()
    return Answer(row, person) if person and row else None
