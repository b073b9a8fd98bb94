"""Valid charters; their terms may be overridden by keywords."""

import datetime as dt
from decimal import Decimal
from typing import Any

from coaching import actions
from coaching.models import Charter
from coaching.terms import Terms
from tests.cast import Cast

BEGINS = dt.date(2026, 3, 1)  # its years are March to February
ENDS = dt.date(2029, 2, 28)


def make_terms(cast: Cast, **fields: Any) -> Terms:
    """24 days a year from March 2026 for three years, at Riverside, with everybody of the cast where they belong."""
    given: dict[str, Any] = {
        "purpose": "Patients leave by noon, and nurses lead the work.",
        "alignment": "It serves the priority “The right bed in two hours”.",
        "right_things": "Discharge before admission: the ward feels it every day.",
        "sites": (cast.site,),
        "sponsor": cast.sponsor,
        "change_agents": (cast.change_agent,),
        "coaches": (cast.coach,),
        "days_per_year": Decimal(24),
        "cadence": "Two days on site each month.",
        "notice_days": 10,
        "confidential": "Names of patients and of staff in incidents.",
        "begins_on": BEGINS,
        "ends_on": ENDS,
    }
    return Terms(**given | fields)


def make_proposed(cast: Cast, **fields: Any) -> Charter:
    """A charter that both sides have yet to acknowledge."""
    return actions.start_charter(cast.partner, by=cast.staff, terms=make_terms(cast, **fields))


def acknowledged(cast: Cast, charter: Charter) -> Charter:
    """The same charter after both sides have acknowledged what is proposed."""
    version = charter.versions.proposed().get()
    for person in (cast.staff, cast.sponsor):
        actions.acknowledge_charter(version, by=person)
    return Charter.objects.select_related("in_force", "partner").get(pk=charter.pk)


def make_charter(cast: Cast, **fields: Any) -> Charter:
    """A charter in force."""
    return acknowledged(cast, make_proposed(cast, **fields))


def change(cast: Cast, charter: Charter, why: str = "More sites want to learn.", **fields: Any) -> Charter:
    """The same charter with another version proposed."""
    seen = charter.versions.latest("number").number
    actions.propose_charter(charter, by=cast.staff, terms=make_terms(cast, **fields), why=why, seen=seen)
    return charter
