"""Notice of what the partner has moved since: it is counted to the time that both sides had confirmed last."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from coaching import actions
from coaching.actions.rezoning import UNCONFIRMED
from coaching.actions.visits import write
from coaching.agreed import agreed_on
from coaching.models import ShortNotice, Visit
from coaching.notice import notice_of
from coaching.times import half_day, hours, whole_days
from partners.models import Allotment
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import make_confirmed, make_visit

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
WED, THU, FRI = (dt.date(2026, 11, day) for day in (25, 26, 27))
FAR = dt.date(2027, 1, 12)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def visit(cast):
    """Wed 25 and Thu 26 Nov, confirmed: nine days ahead of Monday; the charter asks for ten."""
    make_charter(cast)
    visit = make_confirmed(cast.site, cast.coach, **vars(whole_days(WED, THU, cast.site.tzinfo)))
    actions.keep_days_of(cast.partner)
    return visit


def move(visit, slot, *, by):
    return actions.move(visit, by=by, slot=slot, reason="So.")


def charged():
    rows = ShortNotice.objects.order_by("pk").values_list("deed", "days", "days_given")
    return [(deed, float(days), given) for deed, days, given in rows]


def used(visit):
    rows = Allotment.objects.filter(about=f"visit:{visit.pk}")
    return sum(
        (row.amount if row.kind == "used" else -row.amount * (row.kind == "returned") for row in rows), Decimal(0)
    )


def test_moved_within_its_days_and_then_called_off_it_counts_all_of_them_once(cast, visit, clock):
    clock.shift(ONE_DAY)
    moved = move(visit, whole_days(THU, FRI, cast.site.tzinfo), by=cast.change_agent)
    assert charged() == [("moved", 1, 8)]
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    assert charged() == [("moved", 1, 8), ("cancelled", 1, 9)]
    assert used(visit) == 2


def test_what_is_left_is_called_off_in_time_while_it_is_far_enough(cast, visit):
    """Thursday is ten days ahead of Monday."""
    moved = move(visit, whole_days(THU, FRI, cast.site.tzinfo), by=cast.change_agent)
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    assert charged() == [("moved", 1, 9)]


def test_by_an_hour_and_then_called_off_is_called_off(cast, visit, clock):
    moved = move(visit, hours(WED, dt.time(9), THU, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    assert charged() == []
    clock.shift(ONE_DAY)
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    late = ShortNotice.objects.get()
    assert (late.deed, late.days, late.days_given, late.slot) == ("cancelled", Decimal(2), 8, visit.slot)
    assert used(visit) == 2


def test_half_of_a_day_that_was_kept_gives_up_the_whole_of_it(cast, visit, clock):
    clock.shift(ONE_DAY)
    moved = move(visit, half_day(THU, cast.site.tzinfo, afternoon=True), by=cast.change_agent)
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    assert charged() == [("moved", 1, 8), ("cancelled", 1, 9)]
    assert used(visit) == 2


def test_moved_twice_each_move_gives_up_its_own_days(cast, visit, clock):
    clock.shift(ONE_DAY)
    moved = move(visit, whole_days(THU, FRI, cast.site.tzinfo), by=cast.change_agent)
    moved = move(moved, whole_days(FAR, FAR, cast.site.tzinfo), by=cast.change_agent)
    assert charged() == [("moved", 1, 8), ("moved", 1, 9)]
    back = move(moved, whole_days(WED, THU, cast.site.tzinfo), by=cast.change_agent)
    actions.cancel(back, by=cast.change_agent, reason="An audit.")
    assert len(charged()) == 2


def test_staff_waive_it_with_a_reason(cast, visit, clock):
    clock.shift(ONE_DAY)
    moved = move(visit, hours(WED, dt.time(9), WED, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    assert (charged(), used(visit)) == ([("moved", 1, 9), ("cancelled", 1, 8)], 2)
    for late in ShortNotice.objects.all():
        actions.waive(late, by=cast.staff, reason="A flood.")
    assert used(visit) == 0


@pytest.mark.parametrize("who", ["coach", "staff"])
def test_what_lei_has_moved_since_owes_no_notice(cast, visit, who):
    moved = move(visit, hours(WED, dt.time(9), THU, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    moved = move(moved, hours(WED, dt.time(10), THU, dt.time(16), cast.site.tzinfo), by=cast[who])
    assert agreed_on(moved) is None
    actions.cancel(moved, by=cast.change_agent, reason="An audit.")
    assert charged() == []


def test_what_lei_calls_off_after_the_partner_moved_it_counts_nothing(cast, visit):
    moved = move(visit, hours(WED, dt.time(9), THU, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    actions.cancel(moved, by=cast.staff, reason="The coach is ill.")
    assert charged() == []


def test_what_a_zone_made_tentative_owes_no_notice(cast, visit):
    """An earlier move of the partner, confirmed since, does not make it the partner's."""
    moved = move(visit, hours(WED, dt.time(9), THU, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    agreed = actions.confirm(moved, by=cast.coach)
    write(agreed, UNCONFIRMED | {"zone": "America/Chicago"})
    assert agreed_on(Visit.objects.get(pk=visit.pk)) is None


def test_what_both_never_confirmed_owes_no_notice_however_near(cast):
    make_charter(cast)
    visit = make_visit(cast.site, cast.coach, **vars(whole_days(WED, WED, cast.site.tzinfo)))
    assert notice_of(visit, by=cast.change_agent) is None
    moved = move(visit, whole_days(THU, THU, cast.site.tzinfo), by=cast.change_agent)
    assert notice_of(moved, by=cast.change_agent) is None


def test_the_forms_say_so_before(cast, visit, sign_in):
    moved = move(visit, hours(WED, dt.time(9), THU, dt.time(16), cast.site.tzinfo), by=cast.change_agent)
    client = sign_in("change_agent")
    asks = "Both sides had confirmed Wed 25 Nov 2026, in 9 days, and the charter (version 1) asks for 10 days’ notice."
    for page in ("visit_cancel", "visit_move"):
        assert asks in " ".join(client.get(reverse(f"coaching:{page}", args=[moved.pk])).text.split())
