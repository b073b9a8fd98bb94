"""What stands beside the list of who comes: groups that wait together, and seats that are held."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.account import balance_of
from courses.models import Enrollment, Group, Hold, Offering
from partners.models import Partner, Person
from partners.models.allotments import Balance


@dataclass(frozen=True)
class Together:
    """A group that waits: `pk` of the group, and its people who do."""

    pk: int
    names: str
    size: int


@dataclass(frozen=True)
class Held:
    """Seats held for a partner, and how many of them nobody has taken."""

    hold: Hold
    unused: int


def groups_of(listed: Iterable[Enrollment], user: Person) -> list[Together]:
    """The groups among these that wait and that this person may split."""
    names: dict[int, list[str]] = {}
    for row in listed:
        if row.group and row.is_waiting and not row.group.split_at:
            names.setdefault(row.group.pk, []).append(row.person.name)
    groups = Group.objects.editable_by(user).filter(pk__in=names).order_by("pk") if names else []
    return [Together(group.pk, _listed(sorted(names[group.pk])), len(names[group.pk])) for group in groups]


def held_for(offering: Offering, user: Person) -> list[Held]:
    """The standing holds here that this person may see."""
    if not offering.has_holds:
        return []
    unused = Hold.objects.visible_to(user).unused_of(offering)
    holds = Hold.objects.visible_to(user).standing().filter(offering=offering).select_related("partner")
    return [Held(hold, unused.get(hold.partner_id, 0)) for hold in holds]


@dataclass(frozen=True)
class Balanced:
    partner: Partner
    balance: Balance


def balances_of(partners: Iterable[Partner], offering: Offering) -> list[Balanced]:
    """What these have left of the seats granted for the year of the offering; without those who were granted none."""
    found = [(partner, balance_of(partner, offering.starts_on)) for partner in partners]
    return [Balanced(partner, balance) for partner, balance in found if balance]


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
