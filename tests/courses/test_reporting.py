"""Courses in numbers: who came by level and year, who waited in vain, seats used, and for whose eyes."""

import csv
import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.urls import reverse

from courses import actions, reporting
from courses.account import Year
from partners.models import Assignment, Level
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_partner, make_person, make_site

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)
MAY = dt.date(2026, 5, 12)
PAGE = reverse("courses:report_of_year")


@pytest.fixture(autouse=True)
def on_the_first_of_december():
    with time_machine.travel(dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC), tick=False):
        yield


def make_offering_on(day, **fields):
    return make_offering(starts_on=day, ends_on=day, enroll_until=day, **fields)


def person_at(site, level, **fields):
    person = make_person(**fields)
    Assignment.objects.create(person=person, site=site, level=level, began_on=dt.date(2020, 1, 1))
    return person


def figures(cast, year=2026):
    (line,) = reporting.of_year([cast.partner], year, TODAY)
    return line.figures


def test_who_came_by_the_level_they_had_then(cast):
    offering = make_offering_on(MAY)
    risen = person_at(cast.site, Level.SUPERVISOR)
    Assignment.objects.filter(person=risen).update(ended_on=dt.date(2026, 6, 30))
    Assignment.objects.create(person=risen, site=cast.site, level=Level.SENIOR, began_on=dt.date(2026, 7, 1))
    for person in (risen, person_at(cast.site, Level.SUPERVISOR)):
        make_enrollment(offering, person, "attended", partner=cast.partner)
    make_enrollment(make_offering_on(dt.date(2026, 9, 1)), risen, "attended", partner=cast.partner)
    make_enrollment(offering, make_person(), "attended", partner=cast.partner)
    found = figures(cast)
    assert found.attended == {Level.SUPERVISOR: 2, Level.SENIOR: 1, reporting.UNKNOWN: 1}
    assert (found.came, found.by_level) == (4, [0, 1, 0, 2, 0, 1])


def test_two_assignments_at_once_count_once_at_the_higher_level(cast):
    person = person_at(cast.site, Level.FRONT_LINE)
    twice = make_site(cast.partner, "Ashford")
    Assignment.objects.create(person=person, site=twice, level=Level.MIDDLE, began_on=dt.date(2021, 1, 1))
    Assignment.objects.create(person=person, site=cast.other_site, level=Level.EXECUTIVE, began_on=dt.date(2021, 1, 1))
    make_enrollment(make_offering_on(MAY), person, "attended", partner=cast.partner)
    assert figures(cast).attended == {Level.MIDDLE: 1}


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("enrolled", MAY, "absent"),
        ("enrolled", dt.date(2026, 12, 20), "coming"),
        ("enrolled", TODAY, "coming"),
        ("approved", MAY, "waited"),
        ("lapsed", dt.date(2026, 12, 20), "waited"),
        ("approved", dt.date(2026, 12, 20), "waiting"),
        ("offered", dt.date(2026, 12, 20), "waiting"),
        ("asked", MAY, None),
        ("declined", MAY, None),
        ("cancelled", MAY, None),
    ],
)
def test_what_became_of_the_others(cast, state, day, name):
    make_enrollment(make_offering_on(day), cast.learner, state, partner=cast.partner)
    found = figures(cast)
    counted = {each: getattr(found, each) for each in ("came", "absent", "coming", "waited", "waiting")}
    assert {each: number for each, number in counted.items() if number} == ({name: 1} if name else {})


def test_cancelled_offerings_and_other_years_and_partners_do_not_count(cast):
    off = make_offering_on(dt.date(2026, 12, 20))
    make_enrollment(off, cast.learner, "enrolled", partner=cast.partner)
    actions.cancel_offering(off, by=cast.staff, reason="Storm")
    make_enrollment(make_offering_on(dt.date(2025, 5, 12)), cast.learner, "attended", partner=cast.partner)
    make_enrollment(make_offering_on(MAY), cast.outsider, "attended", partner=cast.elsewhere)
    assert (figures(cast).came, figures(cast).absent, figures(cast, 2025).came) == (0, 0, 1)


def test_seats_stand_in_the_year_in_which_theirs_begins(cast):
    assert (figures(cast).allotted, figures(cast).used) == (None, 0)
    year = Year(dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    actions.grant_seats(actions.GivenSeats(cast.partner, year, 12, "The charter says so.", "1"), by=cast.staff)
    assert (figures(cast).allotted, figures(cast).used, figures(cast, 2027).allotted) == (Decimal(12), 0, None)


def test_years_of_a_partner_the_latest_first(cast):
    cast.partner.joined_on = dt.date(2024, 3, 1)
    make_enrollment(make_offering_on(dt.date(2025, 5, 12)), cast.learner, "attended", partner=cast.partner)
    make_enrollment(make_offering_on(dt.date(2027, 5, 12)), cast.learner, "enrolled", partner=cast.partner)
    lines = reporting.of_partner(cast.partner, TODAY)
    assert [(line.of, line.figures.came, line.figures.coming) for line in lines] == [
        (2027, 0, 1),
        (2026, 0, 0),
        (2025, 1, 0),
        (2024, 0, 0),
    ]


def csv_of(client, page):
    return list(csv.reader(StringIO(client.get(f"{page}?as=csv").getvalue().decode("utf-8-sig"))))


SEEN = {
    "learner": set(),
    "outsider": {"elsewhere"},
    "change_agent": {"partner"},
    "sponsor": {"partner"},
    "coach": {"partner"},
    "staff": {"partner", "elsewhere"},
    "administrator": {"partner", "elsewhere"},
}


@pytest.mark.parametrize("who", SEEN)
def test_each_reads_exactly_the_partners_they_oversee(cast, sign_in, who):
    client = sign_in(who)
    page = client.get(PAGE)
    names = {name for name in ("partner", "elsewhere") if getattr(cast, name).name in page.text}
    rows = csv_of(client, PAGE)
    assert names == SEEN[who]
    assert {row[0] for row in rows[1:]} == {getattr(cast, name).name for name in SEEN[who]}
    for name in ("partner", "elsewhere"):
        status = client.get(reverse("courses:report_of_partner", args=[getattr(cast, name).pk])).status_code
        assert status == (200 if name in SEEN[who] else 404)


def test_the_file_says_what_the_page_says(cast, sign_in):
    make_enrollment(make_offering_on(MAY), cast.sponsor, "attended", partner=cast.partner)
    make_enrollment(make_offering_on(MAY), cast.learner, "approved", partner=cast.partner)
    page = reverse("courses:report_of_partner", args=[cast.partner.pk])
    head, *rows = csv_of(sign_in("sponsor"), page)
    found = dict(zip(head, next(row for row in rows if row[0] == "2026"), strict=True))
    named = ("Executive", "Attended in all", "Waited in vain", "Seats allotted")
    assert [found[name] for name in named] == ["1", "1", "1", ""]
    assert sign_in("sponsor").get(f"{page}?as=xlsx").getvalue().startswith(b"PK")


@pytest.mark.parametrize("number", [1, 60])
def test_the_page_asks_five_times_however_many_partners(cast, sign_in, django_assert_num_queries, number):
    for n in range(number):
        partner = make_partner(f"Partner {n:02}")
        make_enrollment(make_offering_on(MAY), make_person(), "attended", partner=partner)
    client = sign_in("staff")
    with django_assert_num_queries(5):
        page = client.get(PAGE)
    assert ("?after=" in page.text) == (number == 60)


@pytest.mark.parametrize("year", ["", "abc", "٢٠٢٦", "0000", "9999", "20260"])
def test_a_year_that_is_none_is_this_one(cast, sign_in, year):
    assert "Courses in 2026" in sign_in("staff").get(f"{PAGE}?year={year}").text
