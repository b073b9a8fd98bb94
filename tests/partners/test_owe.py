"""Owing, settling and calling off; and who sees what."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import actions
from partners.models import Obligation, Person
from tests.cast import PEOPLE
from tests.factories import make_mail, make_person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)


def owe(person: Person, key: str = "sheet:1:ball", **fields) -> Obligation:
    words = {"words": "Answer Ken on Leave by noon", "why": "You own this sheet.", "url": "/a3/1/"}
    return actions.owe(person, key=key, **words | fields)


@time_machine.travel(NOW, tick=False)
def test_owing_again_with_the_same_key_changes_and_reopens_the_one():
    person = make_person()
    owe(person)
    actions.settle("sheet:1:ball")
    owe(person, words="Answer Ken once more")
    (found,) = Obligation.objects.all()
    assert (found.words, found.is_open, found.made_at) == ("Answer Ken once more", True, NOW)


@time_machine.travel(NOW, tick=False)
def test_reminders_in_the_past_are_dropped():
    days = [NOW + dt.timedelta(days=days) for days in (7, -1, 3)]
    assert owe(make_person(), reminders_at=days).reminders_at == [days[2], days[0]]


def test_settling_and_calling_off_count_what_was_open():
    person = make_person()
    owe(person, "a")
    owe(person, "b")
    assert actions.settle("a", "nothing") == 1
    assert actions.settle("a") == 0
    assert actions.call_off("a", "b") == 1
    assert list(Obligation.objects.open()) == []


def test_nothing_is_both_settled_and_called_off():
    found = owe(make_person())
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=found.pk).update(settled_at=timezone.now(), cancelled_at=timezone.now())


def test_the_first_obligation_of_the_list_is_the_one_due_first():
    person = make_person()
    never, later, sooner = (
        owe(person, "a"),
        owe(person, "b", due_at=NOW + dt.timedelta(3)),
        owe(person, "c", due_at=NOW),
    )
    assert list(Obligation.objects.visible_to(person)) == [sooner, later, never]


def test_each_person_sees_what_they_owe_themselves(cast):
    for name in PEOPLE[1:]:
        owe(cast[name], name)
    for name in PEOPLE[1:]:
        assert [found.key for found in Obligation.objects.visible_to(cast[name])] == [name]


def test_staff_and_administrators_read_the_outbox_others_what_was_sent_to_them(cast):
    mails = {name: make_mail(cast[name]) for name in PEOPLE[1:]}
    everything = set(mails.values()) | {make_mail(address="new@example.com")}
    for name in PEOPLE[1:]:
        expected = everything if name in {"staff", "administrator"} else {mails[name]}
        assert set(type(mails[name]).objects.visible_to(cast[name])) == expected
        managed = everything if name in {"staff", "administrator"} else set()
        assert set(type(mails[name]).objects.manageable_by(cast[name])) == managed
