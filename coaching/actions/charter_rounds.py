"""What comes due in a charter by itself: a new year's days, the yearly reflection, renewing or ending."""

import datetime as dt

from django.db import transaction

from coaching.actions import charter_telling as telling
from coaching.actions.days import grant_years
from coaching.models import Charter, Side
from coaching.models.charters import Year
from partners.models import Person

MONTH = dt.timedelta(days=30)


@transaction.atomic
def look_after(charter: Charter, *, day: dt.date) -> None:
    """Grant the year that has begun, ask for the reflection on the one that ends, ask LEI to renew or end.

    Does each once, however often it is called; a charter that somebody changes at this moment waits for the next round.
    """
    rows = Charter.objects.select_for_update(of=("self",), skip_locked=True).select_related("partner", "in_force")
    found = rows.filter(pk=charter.pk).first()
    if found is None:
        return
    if found.last_on >= day:
        grant_years(found, day=day)
    _ask_to_reflect(found, day)
    _ask_to_renew(found, day)


def _ask_to_reflect(charter: Charter, day: dt.date) -> None:
    """A month before the end of each year; of years that nobody asked about in time no more."""
    near = [year for year in charter.years() if year.last_on - MONTH <= day and year.number > charter.reflected_until]
    for year in near:
        if year.last_on + MONTH >= day:
            _owe_reflection(charter, year)
    if near:
        charter.reflected_until = near[-1].number
        charter.save(update_fields=["reflected_until"])


def _owe_reflection(charter: Charter, year: Year) -> None:
    written = set(charter.reflections.filter(year=year.number).values_list("side", flat=True))
    for side, people in _writers(charter).items():
        if side not in written:
            telling.owe_reflection(charter, year, side, people)


def _writers(charter: Charter) -> dict[Side, list[Person]]:
    """The coaches and change agents whom the version in force names, while they are that; else all of the partner's."""
    coaches = Person.objects.coaches().filter(coached_partners=charter.partner)
    agents = Person.objects.change_agents_of(charter.partner)
    if charter.in_force is None:
        return {}
    return {
        Side.LEI: list(coaches.filter(pk__in=charter.in_force.coaches.values("pk"))) or list(coaches),
        Side.PARTNER: list(agents.filter(pk__in=charter.in_force.change_agents.values("pk"))) or list(agents),
    }


def _ask_to_renew(charter: Charter, day: dt.date) -> None:
    if charter.asked_end_for == charter.ends_on or not Charter.objects.ending(day).filter(pk=charter.pk).exists():
        return
    telling.owe_renewal(charter)
    charter.asked_end_for = charter.ends_on
    charter.save(update_fields=["asked_end_for"])
