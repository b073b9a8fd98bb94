"""Who hears of what happens to a visit, and who owes what for it."""

import datetime as dt
from collections.abc import Callable, Iterable

from coaching import calendars, words
from coaching.models import Visit
from partners import actions as floor
from partners.lib.mailing import Words
from partners.models import Obligation, Person

PATIENCE = (3, 7, 14)  # days after which an unconfirmed visit is recalled
NOTICE = dt.timedelta(days=2)  # before a visit everybody is reminded of it


def tell(
    visit: Visit, people: Iterable[Person], *, say: Callable[[Visit, Person], Words], about: str, calendar: str = ""
) -> None:
    """Post one mail to each; its key holds the visit's sequence, so that no deed is told twice.

    `calendar` is "REQUEST" or "CANCEL" when an invitation goes with it.
    """
    for person in people:
        floor.post(
            say(visit, person),
            key=f"visit:{visit.pk}:seq:{visit.sequence}:{about}:to:{person.pk}",
            to=person,
            calendar=calendars.invitation(visit, person, method=calendar) if calendar else "",
            calendar_method=calendar,
        )


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


def call_off_being_there(visit: Visit) -> None:
    floor.call_off(*_open(_being_there(visit)))


def _confirmation(visit: Visit) -> str:
    return f"visit:{visit.pk}:confirm:"


def _being_there(visit: Visit) -> str:
    return f"visit:{visit.pk}:soon:"


def _open(prefix: str) -> list[str]:
    return list(Obligation.objects.open().filter(key__startswith=prefix).values_list("key", flat=True))
