"""What speaks against a visit, and the reason that somebody gives for it all the same."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from coaching import actions
from coaching.models import Kind, Override, Visit
from coaching.times import Slot
from coaching.warnings import warnings_of
from partners.models import Holiday
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import NINE, make_visit
from tests.factories import make_person, make_site

DAY = dt.timedelta(days=1)
LYON = {"zone": "Europe/Paris", "country": "FR", "latitude": 45.76, "longitude": 4.84}


def codes(visit):
    return [concern.code for concern in warnings_of(visit)]


@pytest.fixture
def visit(cast):
    return make_visit(cast.site, cast.coach)


def test_nothing_speaks_against_a_plain_visit(visit):
    assert warnings_of(visit) == []


def test_a_holiday_of_the_site_on_its_own_date(cast, visit):
    Holiday.objects.create(site=cast.site, on=dt.date(2026, 11, 25), name="Founders' Day")
    Holiday.objects.create(site=cast.other_site, on=dt.date(2026, 11, 25), name="Elsewhere")
    assert [concern.words for concern in warnings_of(visit)] == ["Wed 25 Nov is Founders' Day at Riverside."]


@pytest.mark.parametrize(("hour", "expected"), [(6, ["hours"]), (7, []), (16, []), (17, ["hours"])])
def test_outside_the_hours_of_the_site(cast, hour, expected):
    visit = make_visit(cast.site, cast.coach, starts_at=NINE + dt.timedelta(hours=hour - 9))
    assert codes(visit) == expected


def test_the_same_site_within_two_weeks_on_site_only(cast, visit):
    second = make_visit(cast.site, make_person("other", is_coach=True), starts_at=NINE + 13 * DAY)
    assert codes(second) == ["same_site"]
    assert codes(make_visit(cast.site, cast.coach, starts_at=NINE + 3 * DAY, kind=Kind.REMOTE)) == []
    second.starts_at, second.ends_at = NINE + 15 * DAY, NINE + 15 * DAY + dt.timedelta(hours=1)
    assert codes(second) == []


def test_the_third_week_on_the_road_in_a_row(cast, visit):
    sites = [make_site(cast.partner), make_site(cast.partner)]
    make_visit(sites[0], cast.coach, starts_at=NINE + 14 * DAY)
    between = make_visit(sites[1], cast.coach, starts_at=NINE + 7 * DAY)
    assert [concern.words for concern in warnings_of(between)] == [
        "Coach would be on the road 3 weeks in a row, from Mon 23 Nov."
    ]
    assert codes(make_visit(make_site(cast.partner), cast.coach, starts_at=NINE + 28 * DAY)) == []


@pytest.mark.parametrize(("hours", "expected"), [(12, ["way"]), (30, [])])
def test_too_little_time_for_the_way(cast, visit, hours, expected):
    type(cast.site).objects.filter(pk=cast.site.pk).update(latitude=42.36, longitude=-71.06)
    lyon = make_site(cast.partner, "Lyon", **LYON, opens_at=dt.time(0), closes_at=dt.time(23, 59))
    assert codes(make_visit(lyon, cast.coach, starts_at=NINE + dt.timedelta(hours=hours))) == expected


def test_more_days_than_the_charter_has(cast, visit):
    make_charter(cast, days_per_year=Decimal(1))
    long = make_visit(
        make_site(cast.partner), cast.coach, kind=Kind.REMOTE, starts_at=NINE + DAY, ends_at=NINE + 3 * DAY
    )
    assert [concern.code for concern in warnings_of(long)] == ["charter"]
    assert codes(make_visit(cast.other_site, cast.coach, starts_at=NINE + 40 * DAY)) == []
    long.delete()
    assert codes(visit) == []


def test_a_way_between_sites_without_a_place_on_the_map_is_not_guessed(cast, visit):
    assert codes(make_visit(make_site(cast.partner), cast.coach, starts_at=NINE + dt.timedelta(hours=2))) == []


def test_the_number_of_queries_is_the_same_for_one_visit_and_for_many(cast, visit, django_assert_num_queries):
    for week in range(1, 5):
        make_visit(make_site(cast.partner), cast.coach, starts_at=NINE + week * 7 * DAY)
    fresh = Visit.objects.select_related("site__partner", "coach").get(pk=visit.pk)
    with django_assert_num_queries(4):
        warnings_of(fresh)


def test_placing_all_the_same_takes_a_reason_that_stays(cast, visit):
    second = Visit(
        site=cast.site,
        coach=make_person("other", is_coach=True),
        kind=Kind.GEMBA,
        purpose="Again.",
        zone="America/New_York",
        starts_at=NINE + DAY,
        ends_at=NINE + DAY * 1.1,
    )
    with pytest.raises(actions.NeedsReason, match="less than 14 days apart"):
        actions.place(second, by=cast.staff)
    assert Visit.objects.count() == 1
    actions.place(second, by=cast.staff, reason="Second shift.")
    assert list(Override.objects.values_list("visit", "code", "reason", "by")) == [
        (second.pk, "same_site", "Second shift.", cast.staff.pk)
    ]


def test_moving_all_the_same_takes_a_reason(cast, visit):
    early = Slot(NINE - dt.timedelta(hours=4), NINE, "America/New_York")
    with pytest.raises(actions.NeedsReason, match="work from 07:00 to 18:00"):
        actions.move(visit, by=cast.coach, slot=early)
    actions.move(visit, by=cast.coach, slot=early, reason="Night shift.")
    assert Override.objects.get().reason == "Night shift."


def test_an_override_is_seen_by_who_sees_the_visit_and_never_rewritten(cast, visit):
    row = Override.objects.create(visit=visit, code="hours", words="Late.", reason="Night shift.", by=cast.staff)
    seen = {
        name
        for name in ("outsider", "learner", "sponsor", "coach", "staff")
        if row in Override.objects.visible_to(cast[name])
    }
    assert seen == {"learner", "sponsor", "coach", "staff"}
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        Override.objects.update(reason="Other.")
    with pytest.raises(IntegrityError, match="has_a_reason"), transaction.atomic():
        Override.objects.create(visit=visit, code="hours", words="Late.", reason="", by=cast.staff)
