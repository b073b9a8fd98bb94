"""Plain functions that make valid rows of the floor; each app's own stand in tests/<app>/factories.py."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any

from partners import actions
from partners.lib.mailing import Words
from partners.models import Allotment, Assignment, Benefit, Claim, Level, Mail, Partner, Person, Role, Site
from partners.models.allotments import Kind
from partners.models.claims import CHECKED_AFTER

_numbers = count(1)
LONG_AGO = dt.date(2021, 2, 1)


def make_partner(name: str = "", **fields: Any) -> Partner:
    return Partner.objects.create(name=name or f"Partner {next(_numbers)}", **{"joined_on": LONG_AGO} | fields)


def make_site(partner: Partner, name: str = "", **fields: Any) -> Site:
    return Site.objects.create(
        partner=partner, name=name or f"Site {next(_numbers)}", **{"country": "US", "zone": "America/New_York"} | fields
    )


def make_person(
    name: str = "",
    *,
    site: Site | None = None,
    role: Role = Role.LEARNER,
    level: Level = Level.FRONT_LINE,
    **fields: Any,
) -> Person:
    """A person without a password (tests use `sign_in`); with a site, assigned there since long ago."""
    name = name or f"person{next(_numbers)}"
    person = Person.objects.create(
        email=f"{name}@example.com", name=name.replace("_", " ").title(), password="!", **fields
    )
    if site is not None:
        make_assignment(person, site, role=role, level=level)
    return person


def make_assignment(person: Person, site: Site, **fields: Any) -> Assignment:
    return Assignment.objects.create(person=person, site=site, **{"began_on": LONG_AGO} | fields)


def make_mail(to: Person | None = None, *, words: Words | None = None, **fields: Any) -> Mail:
    """A mail that waits in the outbox, to somebody new unless said otherwise."""
    words = words or Words("Your visit is confirmed", "Come along.\n", "<p>Come along.</p>")
    key = fields.pop("key", f"test:{next(_numbers)}")
    person = to if to or "address" in fields else make_person()
    mail = actions.post(words, key=key, to=person, **fields)
    assert mail is not None
    return mail


def make_allotment(partner: Partner, kind: Kind = Kind.GRANTED, amount: str = "24", **fields: Any) -> Allotment:
    """An entry of coach days of the year that began on 1 Mar 2026, with a key of its own unless one is given."""
    given = {
        "benefit": Benefit.COACH_DAYS,
        "begins_on": dt.date(2026, 3, 1),
        "ends_on": dt.date(2027, 2, 28),
        "words": "Days of the third year",
        "why": "The charter says so.",
        "key": f"test:{next(_numbers)}",
    }
    return Allotment(partner=partner, kind=kind, amount=Decimal(amount), **given | fields)


def make_claim(owner: Person, site: Site, *, days: Iterable[int] = CHECKED_AFTER, **fields: Any) -> Claim:
    """A gain of 4.6 h to 2.9 h, measured today, checked after so many days."""
    given = {"measure": "Order to door", "unit": "h", "baseline": Decimal("4.6"), "value": Decimal("2.9")} | fields
    claim = Claim(owner=owner, site=site, partner=site.partner, **given)
    return actions.claim(claim, by=owner, days=days)
