"""A partner that calls a visit off later than its charter allows: the days count all the same, until LEI waives it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction

from coaching import actions
from coaching.charters import days_in_words, days_of
from coaching.history import history_of
from coaching.models import Charter, ShortNotice, Visit
from coaching.notice import counted, missed, notice_of
from coaching.times import half_day, whole_days
from partners.models import Allotment, Mail
from tests.cast import PEOPLE
from tests.coaching.charter_factories import acknowledged, change, make_charter
from tests.coaching.factories import make_confirmed, make_visit

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
TODAY, WED, THU = MONDAY.date(), dt.date(2026, 11, 25), dt.date(2026, 11, 26)
FRI = dt.date(2026, 11, 27)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def two_days(cast, **fields):
    """Wed 25 and Thu 26 Nov, confirmed: nine days ahead of Monday."""
    return make_confirmed(cast.site, cast.coach, **vars(whole_days(WED, THU, cast.site.tzinfo)), **fields)


@pytest.fixture
def visit(cast):
    make_charter(cast)
    visit = two_days(cast)
    actions.keep_days_of(cast.partner)
    return visit


@pytest.fixture
def late(cast, visit):
    actions.cancel(visit, by=cast.change_agent, reason="An audit that week.")
    return ShortNotice.objects.get()


def written(visit):
    rows = Allotment.objects.filter(about=f"visit:{visit.pk}").order_by("pk")
    return [(row.kind, float(row.amount), row.begins_on.year) for row in rows]


def this_year(cast):
    days = days_of(cast.partner, on=TODAY)
    assert days is not None
    return days


def numbers(cast):
    days = this_year(cast)
    return float(days.used), float(days.late), float(days.planned), float(days.left)


def test_called_off_too_late_its_days_count_as_used(cast, visit, late):
    assert (late.days_given, late.days_asked, late.days, late.version.number, late.by) == (
        9, 10, 2, 1, cast.change_agent,
    )  # fmt: skip
    assert written(visit) == [("held", 2, 2026), ("released", 2, 2026), ("used", 2, 2026)]
    assert numbers(cast) == (2, 2, 0, 22)
    assert days_in_words(this_year(cast)) == ("24 days: 2 used (2 of them called off too late), 0 planned, 22 left")
    words = Allotment.objects.get(kind="used").why
    assert words == "Called off 9 days ahead; version 1 of the charter asks for 10 days’ notice."


def test_both_sides_and_who_schedules_hear_what_it_means(cast, visit, late):
    assert {mail.person for mail in Mail.objects.all()} >= {cast.coach, cast.change_agent}
    for mail in Mail.objects.filter(key__contains=":cancelled:"):
        assert f"{missed(late)} {counted(late)}" in " ".join(mail.text.split())
    assert f"{missed(late)} {counted(late)}" in [deed.words for deed in history_of(visit)]
    assert counted(late) == "2 days of the charter count as used all the same."


def test_waiving_gives_them_back_and_the_partner_is_told_why(cast, visit, late):
    for _ in range(2):
        actions.waive(late, by=cast.staff, reason="The flood was nobody’s choice.")
    assert written(visit)[3:] == [("returned", 2, 2026)]
    assert (
        Allotment.objects.get(kind="returned").why == "LEI has waived the short notice: The flood was nobody’s choice."
    )
    assert numbers(cast) == (0, 0, 0, 24)
    assert [mail.person for mail in Mail.objects.filter(key__startswith="notice:")] == [cast.change_agent]
    assert "Staff waived the short notice: The flood was nobody’s choice." in [d.words for d in history_of(visit)]


def test_what_somebody_else_has_waived_is_not_waived_for_another_reason(cast, late):
    actions.waive(late, by=cast.staff, reason="The flood.")
    with pytest.raises(actions.AlreadyWaived, match="Staff has waived it meanwhile: The flood"):
        actions.waive(late, by=cast.staff, reason="Another.")


@pytest.mark.parametrize("who", ["coach", "staff"])
def test_what_lei_calls_off_or_moves_counts_nothing(cast, visit, who):
    moved = actions.move(visit, by=cast[who], slot=whole_days(THU, THU, cast.site.tzinfo), reason="So.")
    actions.cancel(moved, by=cast[who], reason="The coach is ill.")
    assert not ShortNotice.objects.exists()
    assert numbers(cast)[0] == 0


def test_in_time_nothing_counts(cast, visit, clock):
    clock.move_to(MONDAY - ONE_DAY)
    actions.cancel(visit, by=cast.change_agent, reason="An audit that week.")
    assert not ShortNotice.objects.exists()
    assert numbers(cast) == (0, 0, 0, 24)


def test_days_are_those_of_the_sites_calendar(cast, visit, clock):
    """At 4:30 UTC on 16 Nov it is still the 15th in New York: ten days ahead."""
    clock.move_to(dt.datetime(2026, 11, 16, 4, 30, tzinfo=dt.UTC))
    assert notice_of(visit, by=cast.change_agent).given == 10
    clock.move_to(dt.datetime(2026, 11, 16, 5, tzinfo=dt.UTC))
    assert notice_of(visit, by=cast.change_agent).given == 9
    Visit.objects.filter(pk=visit.pk).update(zone="Asia/Tokyo")
    clock.move_to(dt.datetime(2026, 11, 15, 15, tzinfo=dt.UTC))
    visit = Visit.objects.get(pk=visit.pk)
    assert notice_of(visit, by=cast.change_agent).given == (visit.first_day - TODAY).days


def test_without_a_charter_or_a_confirmation_no_notice_is_asked(cast):
    charterless = two_days(cast)
    assert notice_of(charterless, by=cast.change_agent) is None
    make_charter(cast, ends_on=WED - ONE_DAY)
    assert notice_of(charterless, by=cast.change_agent) is None
    tentative = make_visit(cast.site, cast.coach)
    actions.decline(tentative, by=cast.change_agent, reason="Not that day.")
    actions.cancel(charterless, by=cast.change_agent, reason="Not that day.")
    assert not ShortNotice.objects.exists()


def test_a_charter_that_asks_for_none_minds_only_what_has_begun(cast, clock):
    make_charter(cast, notice_days=0)
    visit = two_days(cast)
    clock.move_to(dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC))
    assert not notice_of(visit, by=cast.change_agent).is_short
    clock.move_to(dt.datetime(2026, 11, 26, 14, tzinfo=dt.UTC))
    actions.cancel(visit, by=cast.change_agent, reason="We forgot.")
    assert missed(ShortNotice.objects.get()) == (
        "Called off after it had begun; version 1 of the charter asks for no notice."
    )


def test_the_version_in_force_says_how_much(cast, visit):
    charter = acknowledged(cast, change(cast, Charter.objects.get(), notice_days=5))
    assert charter.in_force.number == 2
    assert not notice_of(visit, by=cast.change_agent).is_short


MOVES = {
    "to other days": (lambda zone: whole_days(WED + dt.timedelta(days=14), THU + dt.timedelta(days=14), zone), 2),
    "by a day": (lambda zone: whole_days(THU, FRI, zone), 1),
    "shorter by a day that is ten days ahead": (lambda zone: whole_days(WED, WED, zone), 0),
    "shorter, half a day of it": (lambda zone: half_day(THU, zone, afternoon=True), 1),
    "longer": (lambda zone: whole_days(WED - ONE_DAY, FRI, zone), 0),
}


@pytest.mark.parametrize("case", MOVES)
def test_days_that_a_move_gives_up_too_late_count(cast, visit, case):
    slot_of, days = MOVES[case]
    moved = actions.move(visit, by=cast.change_agent, slot=slot_of(cast.site.tzinfo), reason="So.")
    assert [late.days for late in ShortNotice.objects.all()] == [Decimal(days)] * bool(days)
    assert numbers(cast)[:3] == (days, days, 0)
    actions.confirm(moved, by=cast.coach)
    assert numbers(cast)[0] == days
    assert [mail for mail in Mail.objects.filter(key__contains=":moved:") if "Moved" in mail.text] != [] or not days


def test_notice_of_a_move_is_counted_to_the_first_day_given_up(cast, visit, clock):
    clock.move_to(MONDAY - ONE_DAY)
    kept = [WED]
    assert notice_of(visit, by=cast.change_agent, kept=kept).given == 11


def test_what_was_moved_too_late_and_took_place_counts_both(cast, visit, clock):
    moved = actions.move(visit, by=cast.change_agent, slot=whole_days(FRI, FRI, cast.site.tzinfo), reason="So.")
    actions.confirm(moved, by=cast.coach)
    clock.move_to(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC))
    actions.keep_days_of(cast.partner)
    assert written(visit)[1:] == [
        ("released", 2, 2026), ("used", 2, 2026), ("held", 1, 2026), ("released", 1, 2026), ("used", 1, 2026),
    ]  # fmt: skip
    assert Allotment.objects.filter(kind="used").order_by("-pk")[0].why == "It took place."
    assert numbers(cast) == (3, 2, 0, 21)


def test_days_count_in_the_year_in_which_they_were_to_be(cast, clock):
    make_charter(cast)
    clock.move_to(dt.datetime(2027, 2, 26, 12, tzinfo=dt.UTC))
    day = dt.date(2027, 2, 27)
    visit = make_confirmed(cast.site, cast.coach, **vars(whole_days(day, day, cast.site.tzinfo)))
    actions.keep_days_of(cast.partner)
    march = whole_days(dt.date(2027, 3, 3), dt.date(2027, 3, 3), cast.site.tzinfo)
    moved = actions.move(visit, by=cast.change_agent, slot=march, reason="So.")
    actions.confirm(moved, by=cast.coach)
    assert written(visit) == [("held", 1, 2026), ("released", 1, 2026), ("used", 1, 2026), ("held", 1, 2027)]


def test_whoever_sees_the_visit_sees_it_and_lei_staff_waive(cast, late):
    seen = {name for name in PEOPLE if name != "nobody" and late in ShortNotice.objects.visible_to(cast[name])}
    assert seen == {"learner", "change_agent", "sponsor", "coach", "staff", "administrator"}
    rows = ShortNotice.objects.manageable_by
    assert {name for name in PEOPLE if name != "nobody" and late in rows(cast[name])} == {"staff"}
    assert set(ShortNotice.objects.visible_to(cast.outsider)) == set()
    charter = {name for name in seen if ShortNotice.objects.for_page(cast[name]).get().may_read_charter}
    assert charter == {"change_agent", "sponsor", "coach", "staff", "administrator"}


@pytest.mark.parametrize(
    "wrong",
    [{"days_given": 12}, {"days": 1}, {"waived_at": MONDAY}, {"waive_reason": "None."}],
)
def test_the_database_keeps_it_as_it_was_written(cast, late, wrong):
    with pytest.raises(DatabaseError), transaction.atomic():
        ShortNotice.objects.filter(pk=late.pk).update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        ShortNotice.objects.all()._raw_delete("default")
    actions.waive(late, by=cast.staff, reason="The flood.")
    with pytest.raises(DatabaseError), transaction.atomic():
        ShortNotice.objects.filter(pk=late.pk).update(waived_at=None, waived_by=None, waive_reason="")
