"""My work: what is dated, what waits, one's sheets; for LEI's staff also what the office keeps an eye on."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user
from django.utils import timezone

from partners.models import Person
from tests.a3.factories import make_sheet
from tests.coaching.factories import make_confirmed, make_visit
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person
from tests.leipartners.full_days import fill_desk, fill_outbox, make_owed

TUESDAY = dt.datetime(2026, 11, 24, 14, 50, tzinfo=dt.UTC)  # 9:50 in New York
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def page_of(sign_in):
    """The page as the named person of the cast sees it, as text."""
    return lambda name: " ".join(sign_in(name).get("/").content.decode().split())


def test_an_empty_page_says_what_will_stand_here(page_of):
    page = page_of("learner")
    assert "Nothing is dated for you today." in page
    assert "Nothing is dated for you in these two weeks." in page
    assert "Nothing waits for you." in page
    assert "Sheets you own, coach or sponsor lie here." in page


def test_today_in_the_readers_zone_with_the_sites_time_beside_it(cast, page_of):
    Person.objects.filter(pk=cast.coach.pk).update(zone="Europe/Copenhagen")
    make_confirmed(cast.site, cast.coach, starts_at=TUESDAY + HOUR, ends_at=TUESDAY + 2 * HOUR)
    page = page_of("coach")
    assert "16:50 to 17:50" in page
    assert "10:50 to 11:50 EST there" in page
    assert "now 15:50" in page
    assert "Times are yours, CET" in page


def test_what_is_over_today_stays_on_the_page_until_midnight(cast, page_of):
    make_confirmed(cast.site, cast.coach, starts_at=TUESDAY - 3 * HOUR, ends_at=TUESDAY - 2 * HOUR, purpose="Early")
    make_confirmed(cast.site, cast.coach, starts_at=TUESDAY - DAY, ends_at=TUESDAY - DAY + HOUR, purpose="Yesterday")
    page = page_of("coach")
    assert "Early" in page
    assert "Yesterday" not in page


def test_a_visit_of_whole_days_counts_its_days_on_the_sites_calendar(cast, page_of):
    monday = dt.datetime(2026, 11, 23, tzinfo=cast.site.tzinfo)
    make_confirmed(cast.site, cast.coach, starts_at=monday, ends_at=monday + 3 * DAY, is_whole_days=True)
    assert "day 2 of 3" in page_of("coach")


def test_the_two_weeks_end_on_sunday_and_the_next_thing_after_is_named(cast, page_of):
    make_visit(cast.site, cast.coach, starts_at=dt.datetime(2026, 12, 7, 15, tzinfo=dt.UTC))
    page = page_of("coach")
    assert "The next is" in page
    assert "Mon 7 Dec" in page
    make_visit(cast.site, cast.coach, starts_at=dt.datetime(2026, 12, 6, 15, tzinfo=dt.UTC))
    page = page_of("coach")
    assert "Sun <b>6</b> Dec" in page
    assert "The next is" not in page


def test_what_ends_after_midnight_is_no_matter_of_days(cast, page_of):
    make_visit(cast.site, cast.coach, starts_at=TUESDAY + DAY + 9 * HOUR)
    assert "23:50 to 01:50" in page_of("coach")


def test_a_course_shows_the_seat_and_the_place(cast, page_of):
    make_enrollment(make_offering(in_days=3, days=2), cast.learner, "enrolled")
    page = page_of("learner")
    assert "Lean Enterprise Institute, Boston. You have a seat" in page
    assert "to Sat 28 Nov" in page


def test_what_waits_is_grouped_by_when_it_is_due(cast, sign_in):
    due = {"a": TUESDAY - 9 * DAY, "b": TUESDAY + HOUR, "c": TUESDAY + 6 * DAY, "d": TUESDAY + 7 * DAY}
    for key, moment in due.items():
        make_owed(cast.learner, key, due_at=moment)
    make_owed(cast.learner, "e")
    groups = sign_in("learner").get("/").context["waiting"].groups
    found = {name: [(row.obligation.key, row.when) for row in rows] for name, rows in groups}
    assert found == {
        "Now": [("a", "was due Sun 15 Nov"), ("b", "today by 15:50")],
        "This week": [("c", "by Mon"), ("e", "since today")],
        "Later": [("d", "by Tue 1 Dec")],
    }


def test_what_is_on_the_agenda_does_not_wait_as_well(cast, sign_in):
    for key in ("visit:1:soon:4", "enrollment:7:soon", "visit:1:confirm:4"):
        make_owed(cast.learner, key)
    (row,) = sign_in("learner").get("/").context["waiting"].this_week
    assert row.obligation.key == "visit:1:confirm:4"


def test_nobody_sees_what_waits_for_somebody_else(cast, page_of):
    make_owed(cast.change_agent, "theirs", words="For the change agent only")
    assert "For the change agent only" in page_of("change_agent")
    assert "For the change agent only" not in page_of("learner")


def test_my_sheets_are_those_where_it_is_my_turn_first(cast, sign_in):
    for number in range(3):
        make_sheet(cast.learner, cast.site, title=f"With the coach {number}", coach=cast.coach, ball=cast.coach)
    make_sheet(cast.learner, cast.site, title="Mine", updated_at=timezone.now() - DAY)
    make_sheet(cast.change_agent, cast.site, title="Of a colleague")
    sheets = sign_in("learner").get("/").context["sheets"]
    assert [sheet.sheet.title for sheet in sheets] == ["Mine", "With the coach 2", "With the coach 1"]
    assert [sheet.is_held for sheet in sheets] == [True, False, False]


@pytest.mark.parametrize(("name", "sees"), [("staff", True), ("administrator", True), ("coach", False)])
def test_the_office_sees_mails_in_trouble_and_visits_without_confirmation(name, sees, cast, page_of):
    fill_outbox(cast)
    make_visit(cast.other_site, make_person(is_coach=True), starts_at=TUESDAY + DAY)
    page = page_of(name)
    assert ("2 mails did not leave." in page) is sees
    assert ("Waits for the partner and the coach." in page) is sees


@pytest.mark.parametrize("name", ["change_agent", "coach", "staff"])
def test_the_page_costs_the_same_at_one_row_and_at_four(name, cast, sign_in, django_assert_max_num_queries):
    client = sign_in(name)
    client.get("/")
    with django_assert_max_num_queries(8) as before:
        client.get("/")
    for _ in range(4):
        fill_some(cast, cast[name])
    with django_assert_max_num_queries(8) as after:
        client.get("/")
    assert len(before) == len(after)
    assert get_user(client).pk == cast[name].pk


def fill_some(cast, person) -> None:
    make_visit(cast.site, cast.coach, starts_at=TUESDAY + HOUR)
    make_sheet(person, cast.site)
    make_enrollment(make_offering(), person)
    make_owed(person, f"owed {person.obligations.count()}", asked_by=cast.coach)


def test_a_full_page(cast, page_of):
    fill_desk(cast)
    page = page_of("change_agent")
    assert "2 need you now" in page
    assert "Leave by noon: discharge flow" in page
    assert "Your turn, 2 red notes" in page
