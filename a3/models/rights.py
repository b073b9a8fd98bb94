"""Who may do what with a sheet they see: as a condition on many sheets, and as a word on one that knows its reader."""

import datetime as dt

from django.db import models
from django.db.models import Q

from partners.models import Person


def named(person: Person) -> Q:
    return Q(owner=person) | Q(coach=person) | Q(sponsor=person) | Q(ball=person)


def led_by(person: Person) -> Q:
    """Of a partner whose change agent this person is now."""
    return Q(partner__in=person.leads())


def may_steer(person: Person) -> Q:
    return Q(owner=person) | Q(coach=person)


def may_archive(person: Person) -> Q:
    return Q(owner=person) | led_by(person)


def may_remark(person: Person) -> Q:
    return Q(pk__isnull=False) if person.is_at_lei else named(person) | led_by(person)


class Rights(models.Model):
    """What the reader of one sheet may do; what the database has to be asked for comes with `with_rights_of`.

    Said in Python from the row itself: the same five conditions in the query took longer than reading the sheet.
    """

    owner_id: int
    coach_id: int | None
    sponsor_id: int | None
    ball_id: int
    archived_at: dt.datetime | None

    reader: int  # these three come with `with_rights_of`
    reader_is_at_lei: bool
    reader_leads_here: bool

    class Meta:
        abstract = True

    @property
    def may_edit(self) -> bool:
        return self.archived_at is None and self.reader == self.owner_id

    @property
    def may_steer(self) -> bool:
        return self.archived_at is None and self.reader in (self.owner_id, self.coach_id)

    @property
    def may_hand_over(self) -> bool:
        return self.archived_at is None and self.reader == self.ball_id

    @property
    def may_archive(self) -> bool:
        return self.reader_leads_here or self.reader == self.owner_id

    @property
    def may_remark(self) -> bool:
        is_named = self.reader in (self.owner_id, self.coach_id, self.sponsor_id, self.ball_id)
        return self.archived_at is None and (is_named or self.reader_is_at_lei or self.reader_leads_here)
