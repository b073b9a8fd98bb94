"""Leave and travel days: where nothing else takes the time, and what becomes of them when a visit moves or ends."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from coaching import actions
from coaching.models import Leave, TravelDay
from coaching.times import Slot, half_day, whole_days
from tests.cast import PEOPLE
from tests.coaching.factories import NINE, make_confirmed, make_visit
from tests.factories import make_person

DAY = dt.timedelta(days=1)
WEDNESDAY = dt.date(2026, 11, 25)


def make_leave(cast, day=WEDNESDAY, **fields):
    slot = whole_days(day, day, cast.coach.tzinfo)
    return actions.add_leave(Leave(coach=cast.coach, **vars(slot), **fields), by=cast.staff)


def make_travel(visit, day=WEDNESDAY, *, by, afternoon=True):
    slot = half_day(day, visit.tzinfo, afternoon=afternoon)
    return actions.add_travel(TravelDay(visit=visit, coach=visit.coach, **vars(slot)), by=by)


def test_lei_sees_all_of_them_and_each_coach_removes_their_own(cast):
    make_person("other_coach", is_coach=True)
    rows = {
        "leave": make_leave(cast),
        "travel": make_travel(make_visit(cast.site, cast.coach), by=cast.staff, day=WEDNESDAY + 2 * DAY),
    }
    for model, name in ((Leave, "leave"), (TravelDay, "travel")):
        for scope, people in (("visible_to", {"coach", "staff", "administrator"}), ("editable_by", {"coach", "staff"})):
            seen = {
                person: set(getattr(model.objects, scope)(AnonymousUser() if person == "nobody" else cast[person]))
                for person in PEOPLE
            }
            assert seen == {person: {rows[name]} if person in people else set() for person in PEOPLE}


def test_leave_meets_a_confirmed_visit_and_says_which(cast):
    make_confirmed(cast.site, cast.coach)
    with pytest.raises(
        actions.CoachIsElsewhere, match="Coach is at Halden Valley Health, Riverside until Wed 25 Nov, 11:00 EST"
    ):
        make_leave(cast)
    assert Leave.objects.count() == 0


def test_a_visit_meets_leave_and_says_so_to_lei_and_less_to_the_partner(cast):
    make_leave(cast, note="Thanksgiving")
    with pytest.raises(
        actions.CoachIsElsewhere, match=r"Coach is on leave until the end of Wed 25 Nov \(UTC\): Thanksgiving"
    ):
        actions.place(make_unsaved(cast), by=cast.staff)
    visit = make_visit(cast.site, cast.coach)
    with pytest.raises(actions.CoachIsElsewhere, match="Coach is elsewhere until Wed 25 Nov, 19:00 EST"):
        actions.confirm(visit, by=cast.change_agent)


def make_unsaved(cast):
    visit = make_visit(cast.site, cast.coach)
    visit.delete()
    visit.pk = None
    return visit


def test_leave_taken_back_frees_the_day_and_twice_is_no_error(cast):
    leave = make_leave(cast)
    assert [actions.remove_away(leave, by=cast.coach) for _ in range(2)] == [True, False]
    make_confirmed(cast.site, cast.coach)


def test_travel_moves_along_with_its_visit(cast):
    visit = make_visit(cast.site, cast.coach)
    way = make_travel(visit, by=cast.staff)
    moved = actions.move(
        visit, by=cast.staff, slot=Slot(visit.starts_at + 7 * DAY, visit.ends_at + 7 * DAY, "America/New_York")
    )
    later = TravelDay.objects.standing().get()
    assert (later.pk, later.starts_at) == (way.pk, way.starts_at + 7 * DAY)
    assert moved.starts_at == NINE + 7 * DAY


def test_travel_that_would_meet_something_else_is_taken_back(cast):
    visit = make_visit(cast.site, cast.coach)
    make_travel(visit, by=cast.staff)
    make_leave(cast, day=WEDNESDAY + 7 * DAY)
    slot = Slot(visit.starts_at + 6 * DAY, visit.ends_at + 6 * DAY, "America/New_York")
    actions.move(visit, by=cast.staff, slot=slot)
    assert TravelDay.objects.standing().count() == 1
    actions.move(
        visit,
        by=cast.staff,
        slot=Slot(
            slot.starts_at + DAY + dt.timedelta(hours=11),
            slot.ends_at + DAY + dt.timedelta(hours=11),
            "America/New_York",
        ),
        reason="Late shift.",
    )
    assert TravelDay.objects.standing().count() == 0


def test_travel_ends_with_the_visit_and_when_somebody_else_goes(cast):
    first, second = make_visit(cast.site, cast.coach), make_visit(cast.site, cast.coach, starts_at=NINE + 30 * DAY)
    make_travel(first, by=cast.staff)
    make_travel(second, WEDNESDAY + 30 * DAY, by=cast.staff)
    actions.cancel(first, by=cast.staff, reason="Audit.")
    slot = Slot(second.starts_at, second.ends_at, "America/New_York")
    actions.move(second, by=cast.staff, slot=slot, coach=make_person("other_coach", is_coach=True))
    assert list(TravelDay.objects.standing()) == []
