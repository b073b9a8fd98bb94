"""Charters for the pages that are looked at: full ones, with all that happens to them."""

from decimal import Decimal

from coaching import actions
from coaching.models import Charter, Kind, Side
from tests.browser.worlds import at
from tests.cast import Cast
from tests.coaching.charter_factories import acknowledged, change, make_charter, make_proposed
from tests.coaching.factories import make_confirmed, make_visit

REFLECTION = {
    "expected": "Every ward writes its own A3, and one of them gets patients home by noon.",
    "happened": "Two wards did, 5 West kept it over the summer. Weekends are as they were.",
    "learned": "Where the charge nurse asks, it lives. A poster asks nobody.",
    "change_next": "Coach the charge nurses, not the project team; go on Saturdays too.",
}


def a_charter(cast: Cast) -> Charter:
    """In its second year: one reflection of each side, visits behind and ahead, a change that waits for the partner."""
    began, ends = at(-600, 0).date(), at(500, 0).date()
    charter = make_charter(cast, begins_on=began, ends_on=ends)
    acknowledged(cast, change(cast, charter, days_per_year=Decimal(30), begins_on=began, ends_on=ends))
    for day, make in ((-40, make_confirmed), (-12, make_confirmed), (6, make_confirmed), (19, make_visit)):
        make(cast.site, cast.coach, starts_at=at(day, 13), ends_at=at(day + 2, 20), kind=Kind.ONSITE)
    actions.keep_days_of(cast.partner)
    for side, person in ((Side.LEI, cast.coach), (Side.PARTNER, cast.change_agent)):
        actions.reflect_on_charter(charter, 1, side=side, by=person, **REFLECTION)
    asked = {
        "notice_days": 21,
        "purpose": "Patients leave by noon, nurses lead the work, and sites learn from each other.",
    }
    change(
        cast,
        charter,
        "Visits were moved late three times.",
        days_per_year=Decimal(30),
        begins_on=began,
        ends_on=ends,
        **asked,
    )
    actions.acknowledge_charter(charter.versions.proposed().get(), by=cast.staff)
    return Charter.objects.get(pk=charter.pk)


def a_proposed_charter(cast: Cast) -> Charter:
    charter = make_proposed(cast, begins_on=at(20, 0).date(), ends_on=at(1100, 0).date())
    actions.acknowledge_charter(charter.versions.get(), by=cast.staff)
    return charter


def charters(cast: Cast) -> None:
    """One in force with a change proposed, one that follows it and waits."""
    a_charter(cast)
    make_proposed(cast, begins_on=at(501, 0).date(), ends_on=at(900, 0).date())
