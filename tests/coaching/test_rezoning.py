"""A site whose zone is changed later: what is over keeps its zone, what is to come its days and clocks."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from coaching import actions, schedules, words
from coaching.history import history_of
from coaching.models import TravelDay, Visit
from coaching.times import Slot, whole_days
from partners.models import Mail, Obligation, Site
from tests.coaching.factories import NINE, make_cancelled, make_confirmed, make_visit
from tests.factories import make_site

HOUR = dt.timedelta(hours=1)
MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def confirmed(cast):
    visit = make_visit(cast.site, cast.coach, placed_by=cast.staff)
    actions.confirm(visit, by=cast.coach)
    return actions.confirm(visit, by=cast.change_agent)


def move_to_chicago(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(zone="America/Chicago")
    schedules.keep_clocks()


def now(visit: Visit) -> Visit:
    return Visit.objects.select_related("site__partner", "coach").get(pk=visit.pk)


def make_travel(visit: Visit, slot: Slot) -> TravelDay:
    return actions.add_travel(TravelDay(coach=visit.coach, visit=visit, **vars(slot)), by=visit.placed_by)


def owed(about: str) -> list[tuple[str, str]]:
    rows = Obligation.objects.open().filter(key__contains=about).order_by("person__name")
    return list(rows.values_list("person__name", "words"))


def test_a_visit_to_come_keeps_its_clock_and_stays_confirmed(cast, confirmed):
    move_to_chicago(cast.site)
    visit = now(confirmed)
    assert visit.is_confirmed
    assert words.when(visit) == "Wed 25 Nov, 09:00 to 11:00 CST"
    assert (visit.starts_at, visit.sequence) == (NINE + HOUR, confirmed.sequence + 1)


def test_whole_days_stay_the_sites_days(cast):
    days = whole_days(dt.date(2026, 11, 30), dt.date(2026, 12, 1), cast.site.tzinfo)
    visit = make_visit(cast.site, cast.coach, **vars(days))
    move_to_chicago(cast.site)
    assert words.when(now(visit)) == "Mon 30 Nov to Tue 1 Dec, whole days (CST)"
    assert now(visit).starts_at == days.starts_at + HOUR


def test_what_has_begun_is_over_or_called_off_keeps_its_zone(cast):
    kept = [
        make_visit(cast.site, cast.coach, starts_at=MONDAY - 48 * HOUR),
        make_visit(cast.site, cast.coach, starts_at=MONDAY - HOUR),
        make_cancelled(cast.site, cast.coach),
    ]
    move_to_chicago(cast.site)
    assert {now(visit).zone for visit in kept} == {"America/New_York"}


def test_calendars_and_people_are_told(cast, confirmed):
    move_to_chicago(cast.site)
    mails = Mail.objects.filter(key__contains=":zone:").select_related("person").order_by("pk")
    assert [(mail.person.name, mail.calendar_method) for mail in mails] == [
        ("Coach", "REQUEST"),
        ("Change Agent", "REQUEST"),
    ]
    assert mails[0].subject == (
        "Same clock, new zone: Gemba walk at Halden Valley Health, Riverside, Wed 25 Nov, 09:00 to 11:00 CST"
    )
    assert "it is that of Chicago now, not that of New York." in mails[0].text
    [event] = Calendar.from_ical(mails[0].calendar).walk("VEVENT")
    assert (event.start.astimezone(dt.UTC), event["sequence"], event["status"]) == (NINE + HOUR, 3, "CONFIRMED")
    soon = Obligation.objects.get(key=f"visit:{confirmed.pk}:soon:{cast.coach.pk}")
    assert soon.due_at == NINE + 3 * HOUR


def test_the_history_says_it_in_words(cast, confirmed):
    move_to_chicago(cast.site)
    assert history_of(now(confirmed))[0].words == (
        "The zone of Riverside changed from New York to Chicago: it keeps its clocks, Wed 25 Nov, 09:00 to 11:00 CST."
    )


def test_looking_again_changes_nothing(cast, confirmed):
    move_to_chicago(cast.site)
    told, sequence = Mail.objects.count(), now(confirmed).sequence
    schedules.keep_clocks()
    assert (Mail.objects.count(), now(confirmed).sequence) == (told, sequence)


def test_a_tentative_visit_is_asked_about_again(cast):
    visit = make_visit(cast.site, cast.coach, placed_by=cast.staff)
    move_to_chicago(cast.site)
    assert [name for name, _ in owed(":confirm:")] == ["Change Agent", "Coach"]
    assert owed(":confirm:")[0][1].endswith("09:00 to 11:00 CST")
    assert now(visit).proposal == now(visit).sequence
    assert Mail.objects.filter(is_secret=True).count() == 2


def test_visits_one_after_the_other_make_room_for_each_other(cast):
    visits = [make_confirmed(cast.site, cast.coach, starts_at=NINE + 2 * number * HOUR) for number in range(4)]
    move_to_chicago(cast.site)
    assert [now(visit).starts_at for visit in visits] == [NINE + (2 * number + 1) * HOUR for number in range(4)]
    assert all(now(visit).is_confirmed for visit in visits)


def test_over_another_confirmed_visit_it_is_tentative_again_and_staff_owe_another_time(cast, confirmed):
    denver = make_site(cast.elsewhere, "Denver", zone="America/Denver")
    other = make_confirmed(denver, cast.coach, starts_at=NINE + 2 * HOUR)
    move_to_chicago(cast.site)
    visit = now(confirmed)
    assert (visit.is_tentative, visit.coach_confirmed_at, visit.partner_confirmed_at) == (True, None, None)
    assert now(other).is_confirmed
    assert owed(":again:") == [("Staff", "Find another time: Gemba walk at Halden Valley Health, Riverside")]
    assert owed(":confirm:") == owed(":soon:") == []
    text = Mail.objects.filter(key__contains=":zone:", person=cast.change_agent).get().text
    assert "Coach is elsewhere until Wed 25 Nov, 12:00 CST. So it is tentative again" in text
    assert history_of(visit)[0].words.endswith("The coach is elsewhere then: it is tentative again.")


def test_the_way_there_comes_along_and_makes_room(cast, confirmed):
    there = cast.site.tzinfo
    way = make_travel(confirmed, whole_days(dt.date(2026, 11, 24), dt.date(2026, 11, 24), there))
    mine = make_travel(confirmed, whole_days(dt.date(2026, 11, 27), dt.date(2026, 11, 27), cast.coach.tzinfo))
    Visit.objects.filter(pk=confirmed.pk).update(**vars(whole_days(NINE.date(), NINE.date(), there)))
    Site.objects.filter(pk=cast.site.pk).update(zone="Europe/Paris")
    schedules.keep_clocks()
    way.refresh_from_db()
    mine.refresh_from_db()
    assert now(confirmed).is_confirmed
    assert words.when(way) == "Tue 24 Nov, whole day (CET)"
    assert mine.zone == "UTC"


def test_another_time_is_owed_until_it_is_found(cast, confirmed):
    make_confirmed(cast.other_site, cast.coach, starts_at=NINE + 2 * HOUR)
    move_to_chicago(cast.site)
    later = Slot(NINE + 48 * HOUR, NINE + 50 * HOUR, "America/Chicago")
    actions.move(now(confirmed), by=cast.staff, slot=later)
    assert owed(":again:") == []


def test_all_of_the_staff_owe_it_when_who_placed_it_has_gone(cast, confirmed):
    cast.staff.is_active = False
    cast.staff.save()
    cast.administrator.is_lei_staff = True
    cast.administrator.save()
    make_confirmed(cast.other_site, cast.coach, starts_at=NINE + 2 * HOUR)
    move_to_chicago(cast.site)
    assert [name for name, _ in owed(":again:")] == ["Administrator"]


def test_moving_it_before_the_planner_came_reads_clocks_of_the_new_zone(cast, confirmed, sign_in):
    Site.objects.filter(pk=cast.site.pk).update(zone="America/Chicago")
    form = {"first_day": "2026-11-27", "length": "hours", "from_clock": "09:00", "until_clock": "11:00"}
    sign_in("coach").post(f"{confirmed.get_absolute_url()}move/", form | {"sequence": confirmed.sequence})
    assert words.when(now(confirmed)) == "Fri 27 Nov, 09:00 to 11:00 CST"
    schedules.keep_clocks()
    assert words.when(now(confirmed)) == "Fri 27 Nov, 09:00 to 11:00 CST"
