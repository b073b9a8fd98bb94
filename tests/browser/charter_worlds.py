"""Charters for the pages that are looked at: full ones, with all that happens to them."""

from decimal import Decimal

from coaching import actions
from coaching.models import Charter, Kind, ShortNotice, Side, Visit
from coaching.times import whole_days
from partners.models import Holiday
from tests.browser.worlds import at
from tests.cast import Cast
from tests.coaching.charter_factories import acknowledged, change, make_charter, make_proposed
from tests.coaching.factories import make_cancelled, make_confirmed, make_visit
from tests.courses.factories import make_course, make_offering
from tests.factories import make_claim

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


def a_late_visit(cast: Cast) -> Visit:
    """Confirmed, in six days: the charter asks for more."""
    a_charter(cast)
    return Visit.objects.confirmed().filter(starts_at__gt=at(1, 0)).earliest("starts_at")


def called_off_late(cast: Cast) -> ShortNotice:
    """One deed that LEI waived, and one that counts."""
    visit = a_late_visit(cast)
    later = whole_days(at(8, 0).date(), at(9, 0).date(), cast.site.tzinfo)  # in less than ten days by any clock
    moved = actions.move(visit, by=cast.change_agent, slot=later, reason="We are audited in those days.")
    actions.waive(moved.short_notices.get(), by=cast.staff, reason="The auditors came without notice too.")
    for person in (cast.coach, cast.change_agent):
        moved = actions.confirm(moved, by=person)
    actions.cancel(moved, by=cast.change_agent, reason="The ward is closed for an infection.")
    return ShortNotice.objects.counting().get()


def a_proposed_charter(cast: Cast) -> Charter:
    charter = make_proposed(cast, begins_on=at(20, 0).date(), ends_on=at(1100, 0).date())
    actions.acknowledge_charter(charter.versions.get(), by=cast.staff)
    return charter


def charters(cast: Cast) -> None:
    """One in force with a change proposed, one that follows it and waits."""
    a_charter(cast)
    make_proposed(cast, begins_on=at(501, 0).date(), ends_on=at(900, 0).date())


def a_year(cast: Cast) -> Charter:
    """A charter with visits, one called off, a holiday, a claim with its checks, and a course for the partner."""
    charter = a_charter(cast)
    make_cancelled(cast.site, cast.coach, starts_at=at(-60, 13), kind=Kind.REVIEW)
    Holiday.objects.create(site=cast.site, on=at(-30, 0).date(), name="Independence Day")
    make_claim(cast.learner, cast.site, measured_on=at(-100, 0).date())
    make_offering(make_course("Managing with A3s"), partner=cast.partner, in_days=20, days=2)
    return charter
