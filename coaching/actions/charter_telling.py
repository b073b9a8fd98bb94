"""Who hears of a charter, and who owes what for it: acknowledging, reflecting, renewing or ending."""

import datetime as dt
from collections.abc import Callable, Iterable

from coaching import mails
from coaching.actions.telling import PATIENCE
from coaching.models import Charter, CharterVersion, Side
from coaching.models.charters import Year
from partners import actions as floor
from partners.lib.calendars import day_words
from partners.lib.mailing import Words
from partners.models import Obligation, Person

TO_ACKNOWLEDGE = dt.timedelta(days=14)
BEFORE_AND_AFTER = (-14, -3, 7)  # days around its due day on which a reflection is recalled
WEEKS_BEFORE_END = (60, 30, 14, 3)  # days before the last one on which LEI is reminded to renew or end


def ask_to_acknowledge(version: CharterVersion) -> None:
    """Each side owes its word, and hears of the proposal; who proposed it gets no mail."""
    call_off(f"{version.charter.about}:acknowledge:")
    signers = {Side.LEI: staff_of(version.charter), Side.PARTNER: _signers_of_partner(version)}
    for side, people in signers.items():
        for person in people:
            _owe_acknowledging(version, side, person)
    everybody = {person for people in signers.values() for person in people} - {version.proposed_by}
    _tell(version, everybody, say=mails.charter_proposed, about="proposed")


def _owe_acknowledging(version: CharterVersion, side: Side, person: Person) -> None:
    partner = version.charter.partner
    floor.owe(
        person,
        key=f"{version.charter.about}:acknowledge:{version.number}:{side}:{person.pk}",
        partner=partner,
        words=f"Acknowledge version {version.number} of the charter with {partner}",
        detail=version.why or version.purpose,
        why="You look after this charter." if side == Side.LEI else f"You speak for {partner}.",
        verb="Read and acknowledge",
        url=f"{version.charter.get_absolute_url()}acknowledge/",
        asked_by=version.proposed_by,
        due_at=version.proposed_at + TO_ACKNOWLEDGE,
        reminders_at=[version.proposed_at + dt.timedelta(days=days) for days in PATIENCE],
    )


def settle_acknowledging(version: CharterVersion, side: Side) -> None:
    floor.settle(*open_keys(f"{version.charter.about}:acknowledge:{version.number}:{side}:"))


def tell_in_force(version: CharterVersion) -> None:
    """Everybody it names, and who wrote it, hears that it holds."""
    _tell(version, _named(version), say=mails.charter_in_force, about="in-force")


def tell_ended(charter: Charter, version: CharterVersion) -> None:
    """As it ends: with the one that was in force, or the proposal that will not be."""
    call_off(f"{charter.about}:")
    _tell(version, _named(version), say=mails.charter_ended, about="ended")


def owe_reflection(charter: Charter, year: Year, side: Side, people: Iterable[Person]) -> None:
    """Each of them owes the reflection of their side, until one of them has written it."""
    due_at = dt.datetime.combine(year.last_on, dt.time(17), dt.UTC)
    for person in people:
        floor.owe(
            person,
            key=f"{_reflecting(charter, year.number, side)}{person.pk}",
            partner=charter.partner,
            words=f"Reflect on year {year.number} of the charter with {charter.partner}",
            detail="What you expected, what happened, what you learned, and what you change next year.",
            why="You coach this partner." if side == Side.LEI else f"You are change agent of {charter.partner}.",
            verb="Write",
            url=f"{charter.get_absolute_url()}years/{year.number}/reflect/",
            due_at=due_at,
            reminders_at=[due_at + dt.timedelta(days=days) for days in BEFORE_AND_AFTER],
        )


def settle_reflection(charter: Charter, number: int, side: Side) -> None:
    floor.settle(*open_keys(_reflecting(charter, number, side)))


def owe_renewal(charter: Charter) -> None:
    """LEI's staff renew the charter or end it before its last day."""
    last = dt.datetime.combine(charter.ends_on, dt.time(17), dt.UTC)
    day = day_words(charter.ends_on, year=True)
    call_off(f"{charter.about}:end:")
    for person in staff_of(charter):
        floor.owe(
            person,
            key=f"{charter.about}:end:{charter.ends_on}:{person.pk}",
            partner=charter.partner,
            words=f"The charter with {charter.partner} ends on {day}: renew or end it",
            why="You look after this charter.",
            verb="Renew or end",
            url=charter.get_absolute_url(),
            due_at=last,
            reminders_at=[last - dt.timedelta(days=days) for days in WEEKS_BEFORE_END],
        )


def settle_renewal(charter: Charter) -> None:
    floor.settle(*open_keys(f"{charter.about}:end:"))


def call_off(prefix: str) -> None:
    floor.call_off(*open_keys(prefix))


def open_keys(prefix: str) -> list[str]:
    return list(Obligation.objects.open().filter(key__startswith=prefix).values_list("key", flat=True))


def staff_of(charter: Charter) -> list[Person]:
    """Who of LEI's staff looks after it: who made it, or all of them where that person is staff no more."""
    staff = Person.objects.filter(is_lei_staff=True, is_active=True)
    return list(staff.filter(pk=charter.made_by_id)) or list(staff)


def _signers_of_partner(version: CharterVersion) -> list[Person]:
    """The sponsor and change agents it names, while they are that; where none is, all change agents."""
    named = [*version.change_agents.all(), *([version.sponsor] if version.sponsor else [])]
    partner = version.charter.partner
    able = Person.objects.change_agents_of(partner) | Person.objects.sponsors_of(partner)
    return list(able.filter(pk__in=[person.pk for person in named])) or list(Person.objects.change_agents_of(partner))


def _named(version: CharterVersion) -> set[Person]:
    named = {version.sponsor, version.proposed_by, *version.change_agents.all(), *version.coaches.all()}
    partner = version.charter.partner
    at_partner = Person.objects.change_agents_of(partner) | Person.objects.sponsors_of(partner)
    able = at_partner | Person.objects.at_lei().filter(is_active=True)
    return set(able.filter(pk__in=[person.pk for person in named if person]))


def _reflecting(charter: Charter, number: int, side: Side) -> str:
    return f"{charter.about}:reflect:{number}:{side}:"


def _tell(
    version: CharterVersion, people: Iterable[Person], *, say: Callable[[CharterVersion, Person], Words], about: str
) -> None:
    for person in people:
        key = f"{version.charter.about}:version:{version.number}:{about}:to:{person.pk}"
        floor.post(say(version, person), key=key, to=person)
