"""Visits planned together: their dates, what stands in the way, and each one going its own way afterwards."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching import actions
from coaching.models import Visit, VisitSeries
from coaching.series import dates_of
from coaching.times import Slot, half_day, hours, whole_days
from partners.lib.calendars import zone_named
from partners.models import Mail
from tests.coaching.factories import make_confirmed

NEW = reverse("coaching:series_new")
NEW_YORK = zone_named("America/New_York")
SPRING = {"length": "hours", "first_day": "2027-03-14"}  # the clocks go forward from 2 to 3


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def filled(cast, **fields):
    return {
        "site": cast.site.pk,
        "coach": cast.coach.pk,
        "kind": "remote",
        "purpose": "Read the sheets together.",
        "first_day": "2026-11-25",
        "length": "morning",
        "every_weeks": 4,
        "times": 3,
    } | fields


def test_the_same_clock_on_both_sides_of_a_change_of_the_clock():
    slots = dates_of(half_day(dt.date(2027, 3, 1), NEW_YORK, afternoon=False), every_weeks=2, times=2)
    assert [date.slot.starts_at.hour for date in slots] == [13, 12]


def test_whole_days_stay_whole_and_a_time_that_does_not_exist_says_so():
    days = dates_of(whole_days(dt.date(2027, 3, 7), dt.date(2027, 3, 8), NEW_YORK), every_weeks=1, times=2)
    assert [date.slot.ends_at - date.slot.starts_at for date in days] == [
        dt.timedelta(hours=48),
        dt.timedelta(hours=47),
    ]
    early = hours(dt.date(2027, 3, 7), dt.time(2, 30), dt.date(2027, 3, 7), dt.time(4), NEW_YORK)
    dates = dates_of(early, every_weeks=1, times=3)
    assert [(date.day.day, bool(date.slot)) for date in dates] == [(7, True), (14, False), (21, True)]
    assert dates[1].skipped == "The clocks go forward on Sun 14 Mar: 02:30 does not exist there."


def test_all_are_placed_and_each_person_hears_of_it_once(cast, sign_in):
    answer = sign_in("staff").post(NEW, filled(cast))
    series = VisitSeries.objects.get()
    assert answer.url == series.get_absolute_url()
    assert [visit.first_day for visit in series.visits.all()] == [
        dt.date(2026, 11, 25),
        dt.date(2026, 12, 23),
        dt.date(2027, 1, 20),
    ]
    mails = Mail.objects.order_by("pk")
    assert [(mail.person, mail.text.count("Wed")) for mail in mails] == [(cast.coach, 3), (cast.change_agent, 3)]


def test_dates_in_conflict_are_shown_and_left_out_when_asked(cast, sign_in):
    make_confirmed(cast.other_site, cast.coach, starts_at=dt.datetime(2026, 12, 23, 14, tzinfo=dt.UTC))
    client = sign_in("staff")
    answer = client.post(NEW, filled(cast))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"skip": ["1 of 3 dates cannot be: see above why."]}
    assert [bool(row.conflict) for row in answer.context["rows"]] == [False, True, False]
    assert VisitSeries.objects.count() == 0
    client.post(NEW, filled(cast, skip="on"))
    assert [visit.first_day.month for visit in VisitSeries.objects.get().visits.all()] == [11, 1]


def test_a_date_whose_time_the_clocks_skip_stands_among_the_others_and_says_why(cast, sign_in):
    early = {"first_day": "2027-03-07", "length": "hours", "from_clock": "02:30", "until_clock": "04:00"}
    data, client = filled(cast, every_weeks=1, reason="The night crew.", **early), sign_in("staff")
    answer = client.post(NEW, data)
    said = " ".join(answer.text.split())
    assert "<b>Sun 14 Mar 2027</b>" in said
    assert "The clocks go forward on Sun 14 Mar: 02:30 does not exist there." in said
    assert answer.context["form"].errors == {"skip": ["1 of 3 dates cannot be: see above why."]}
    client.post(NEW, data | {"skip": "on"})
    assert [visit.first_day.day for visit in Visit.objects.all()] == [7, 21]


def test_placing_four_looks_at_each_date_once(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    with django_assert_max_num_queries(150):
        assert client.post(NEW, filled(cast, times=4)).status_code == 302


def test_nothing_is_placed_when_every_date_is_in_conflict_or_a_reason_is_missing(cast, sign_in):
    client = sign_in("staff")
    answer = client.post(NEW, filled(cast, kind="gemba", every_weeks=1))
    assert set(answer.context["form"].errors) == {"reason"}
    make_confirmed(
        cast.other_site,
        cast.coach,
        starts_at=dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 12, 20, tzinfo=dt.UTC),
    )
    answer = client.post(NEW, filled(cast, every_weeks=1, skip="on"))
    assert set(answer.context["form"].errors) == {"coach"}
    assert (VisitSeries.objects.count(), Visit.objects.filter(series__isnull=False).count()) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"length": "days", "last_day": "2026-12-02", "every_weeks": 1}, "every_weeks"),
        ({"every_weeks": 26, "times": 6}, "times"),
        ({"every_weeks": "x"}, "every_weeks"),
        (SPRING | {"from_clock": "02:30", "until_clock": "04:00"}, "from_clock"),
        (SPRING | {"from_clock": "01:00", "until_clock": "02:30"}, "until_clock"),
        ({"times": 27}, "times"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, sign_in, fields, field):
    """One visit does not begin before the one before it is over, nor in years to come."""
    answer = sign_in("staff").post(NEW, filled(cast, **fields))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert not VisitSeries.objects.exists()


def test_a_week_of_days_may_be_followed_by_the_next(cast, sign_in):
    days = filled(cast, length="days", last_day="2026-12-01", every_weeks=1)
    assert sign_in("staff").post(NEW, days).status_code == 302


def test_moving_one_leaves_the_others_where_they_are(cast, sign_in):
    sign_in("staff").post(NEW, filled(cast))
    first, *others = Visit.objects.all()
    before = [visit.interval for visit in others]
    actions.move(
        first,
        by=cast.staff,
        slot=Slot(first.starts_at + dt.timedelta(days=1), first.ends_at + dt.timedelta(days=1), first.zone),
    )
    assert [visit.interval for visit in Visit.objects.all()[1:]] == before
    assert len({visit.uid for visit in Visit.objects.all()}) == 3


def test_each_side_confirms_all_at_once_and_reads_what_cannot_be(cast, sign_in):
    sign_in("staff").post(NEW, filled(cast))
    series = VisitSeries.objects.get()
    make_confirmed(cast.other_site, cast.coach, starts_at=dt.datetime(2026, 12, 23, 14, tzinfo=dt.UTC))
    answer = sign_in("change_agent").post(series.get_absolute_url(), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Coach is elsewhere until Wed 23 Dec, 11:00 EST.", "Confirmed: 2 visits."]
    assert actions.confirm_series(series, by=cast.coach)[0] == 2
    assert Visit.objects.confirmed().filter(series=series).count() == 2
    assert actions.confirm_series(series, by=cast.sponsor) == (0, [])
