"""Who hears of what happens to a visit, and who owes what for it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Protocol

from coaching import answers, calendars, words
from coaching.models import ShortNotice, Visit
from partners import actions as floor
from partners.lib.mailing import Words
from partners.models import Obligation, Person

PATIENCE = (3, 7, 14)  # days after which an unconfirmed visit is recalled
NOTICE = dt.timedelta(days=2)  # before a visit everybody is reminded of it


class Saying(Protocol):
    """Writes one mail; `answer` is the path by which this person may answer without signing in, or ""."""

    def __call__(self, visit: Visit, to: Person, *, answer: str = "") -> Words: ...


def tell(visit: Visit, people: Iterable[Person], *, say: Saying, about: str, calendar: str = "") -> None:
    """Post one mail to each; its key holds the visit's sequence, so that no deed is told twice.

    `calendar` is "REQUEST" or "CANCEL" when an invitation goes with it, and who has the visit in their calendar is
    kept. For whose side the visit waits gets a link to answer by, which is kept secret.
    """
    people = list(people)
    for person in people:
        answer = answers.address_for(visit, person)
        floor.post(
            say(visit, person, answer=answer),
            key=f"visit:{visit.pk}:seq:{visit.sequence}:{about}:to:{person.pk}",
            to=person,
            calendar=calendars.invitation(visit, person, method=calendar) if calendar else "",
            calendar_method=calendar,
            is_secret=bool(answer),
        )
    if calendar == "REQUEST":
        visit.in_calendars_of.add(*people)
    elif calendar == "CANCEL":
        visit.in_calendars_of.remove(*people)


def tell_of_end(visit: Visit, people: Iterable[Person], *, say: Saying, about: str) -> None:
    """Tell these, and whoever else has it in their calendar, that the visit will not take place."""
    holders = set(visit.in_calendars_of.all())
    concerned = dict.fromkeys([*people, *holders])
    tell(visit, [person for person in concerned if person in holders], say=say, about=about, calendar="CANCEL")
    tell(visit, [person for person in concerned if person not in holders], say=say, about=about)


def tell_of_waiving(late: ShortNotice, *, say: Callable[[ShortNotice, Person], Words]) -> None:
    """The partner's change agents, and whoever called it off and still belongs to the partner, hear that LEI waives."""
    partner = late.visit.site.partner
    people = Person.objects.change_agents_of(partner) | Person.objects.at_partner(partner).filter(pk=late.by_id)
    for person in people.distinct():
        floor.post(say(late, person), key=f"notice:{late.pk}:waived:to:{person.pk}", to=person)


def schedulers_of(visit: Visit) -> list[Person]:
    """Who looks after the visit at LEI: whoever placed it, or all of the staff when they are there no more."""
    placed_by = visit.placed_by
    if placed_by.is_active and placed_by.is_lei_staff:
        return [placed_by]
    return list(Person.objects.filter(is_active=True, is_lei_staff=True))


def owe_confirmation(visit: Visit) -> None:
    """Each side that has not confirmed owes it: the coach, and the partner's change agents together."""
    call_off_confirmation(visit)
    if visit.coach_confirmed_at is None:
        _owe_confirmation(visit, visit.coach, why="You are the coach.")
    if visit.partner_confirmed_at is None:
        for person in Person.objects.change_agents_of(visit.site.partner):
            _owe_confirmation(visit, person, why=f"You are change agent of {visit.site.partner}.")


def _owe_confirmation(visit: Visit, person: Person, *, why: str) -> None:
    floor.owe(
        person,
        key=f"{_confirmation(visit)}{person.pk}",
        partner=visit.site.partner,
        words=f"Confirm the visit to {visit.site} on {words.when(visit)}"[:200],
        detail=visit.purpose[:300],
        why=why,
        verb="Confirm",
        url=f"{visit.get_absolute_url()}confirm/",
        asked_by=visit.placed_by,
        due_at=visit.starts_at,
        reminders_at=[visit.changed_at + dt.timedelta(days=days) for days in PATIENCE],
    )


def settle_confirmation_of_coach(visit: Visit) -> None:
    floor.settle(f"{_confirmation(visit)}{visit.coach_id}")


def settle_confirmation_of_partner(visit: Visit) -> None:
    coach = f"{_confirmation(visit)}{visit.coach_id}"
    floor.settle(*[key for key in _open(_confirmation(visit)) if key != coach])


def call_off_confirmation(visit: Visit) -> None:
    floor.call_off(*_open(_confirmation(visit)))


def owe_being_there(visit: Visit, people: Iterable[Person]) -> None:
    """Each taking part has the confirmed visit before them, with a reminder two days ahead."""
    for person in people:
        floor.owe(
            person,
            key=f"{_being_there(visit)}{person.pk}",
            partner=visit.site.partner,
            words=f"{visit.get_kind_display()} at {words.place(visit)}, {words.when(visit, person.tzinfo)}",
            detail=visit.purpose[:300],
            why="You take part in this visit.",
            url=visit.get_absolute_url(),
            due_at=visit.ends_at,
            reminders_at=[visit.starts_at - NOTICE],
        )


def call_off_being_there(visit: Visit, people: Iterable[Person]) -> None:
    floor.call_off(*[f"{_being_there(visit)}{person.pk}" for person in people])


def owe_another_time(visit: Visit) -> None:
    """LEI's staff owe a visit another time: its coach is elsewhere at the one it has."""
    for person in schedulers_of(visit):
        floor.owe(
            person,
            key=f"{_another_time(visit)}{person.pk}",
            partner=visit.site.partner,
            words=f"Find another time: {visit.get_kind_display()} at {words.place(visit)}",
            detail=f"The zone of {visit.site} has changed. {words.in_the_way(visit, reader=person)}"[:300],
            why="You schedule this visit.",
            verb="Move",
            url=f"{visit.get_absolute_url()}move/",
            due_at=visit.starts_at,
            reminders_at=[visit.changed_at + dt.timedelta(days=days) for days in PATIENCE],
        )


def call_off_another_time(visit: Visit) -> None:
    floor.call_off(*_open(_another_time(visit)))


def call_off_all(visit: Visit) -> None:
    """Nothing is owed any more for the visit as it was."""
    floor.call_off(*_open(_confirmation(visit)), *_open(_being_there(visit)), *_open(_another_time(visit)))


def _confirmation(visit: Visit) -> str:
    return f"visit:{visit.pk}:confirm:"


def _another_time(visit: Visit) -> str:
    return f"visit:{visit.pk}:again:"


def _being_there(visit: Visit) -> str:
    return f"visit:{visit.pk}:soon:"


def _open(prefix: str) -> list[str]:
    return list(Obligation.objects.open().filter(key__startswith=prefix).values_list("key", flat=True))
