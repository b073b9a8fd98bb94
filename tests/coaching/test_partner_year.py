"""A partner's year at a glance: what stands in which month and row, for whom, and what the page costs."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.partner_year import Entry, PartnerYear, partner_year
from coaching.times import whole_days
from partners.models import Holiday
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import NINE, make_cancelled, make_confirmed, make_visit
from tests.courses.factories import make_course, make_offering
from tests.factories import make_claim, make_site

TODAY = dt.date(2026, 11, 30)
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def page_of(cast):
    return reverse("coaching:partner_year", args=[cast.partner.pk])


def courses_of(cast):
    return reverse("courses:offerings_of_partner", args=[cast.partner.pk])


def taught(name, day, **fields):
    return make_offering(make_course(name), starts_on=day, ends_on=day, enroll_until=day, **fields)


def words(shown: PartnerYear) -> dict[str, list[tuple[str, str, str]]]:
    """By row: month, days and words of each entry."""
    return {
        row.name: [
            (f"{cell.month.first:%b}", entry.days, " ".join(filter(None, [entry.short, entry.state])))
            for cell in row.cells
            for entry in cell.entries
        ]
        for row in shown.rows
    }


def test_each_visit_stands_at_its_site_in_its_month_with_its_state(cast):
    lakeshore = make_site(cast.partner, "Lakeshore", zone="Asia/Manila")
    make_confirmed(cast.site, cast.coach)
    make_visit(cast.site, cast.coach, starts_at=NINE - dt.timedelta(days=90), kind="onsite")
    make_cancelled(lakeshore, cast.coach, kind="remote")
    make_confirmed(cast.other_site, cast.coach, starts_at=NINE + dt.timedelta(days=2))
    assert words(partner_year(cast.partner, 2026, cast.learner, TODAY)) == {
        "Lakeshore": [("Nov", "25", "Remote called off")],
        "Riverside": [("Aug", "27", "On site tentative"), ("Nov", "25", "Gemba walk confirmed")],
    }


def test_days_are_those_of_the_site_and_those_over_a_turn_stand_in_both_months(cast):
    manila = make_site(cast.partner, "Manila", zone="Asia/Manila")
    slot = whole_days(dt.date(2026, 1, 1), dt.date(2026, 1, 2), manila.tzinfo)  # in UTC it begins in 2025
    make_visit(manila, cast.coach, **vars(slot))
    slot = whole_days(dt.date(2026, 12, 30), dt.date(2027, 1, 2), cast.site.tzinfo)
    make_visit(cast.site, cast.coach, **vars(slot))
    this, following = (partner_year(cast.partner, year, cast.learner, TODAY) for year in (2026, 2027))
    assert words(this) == {
        "Manila": [("Jan", "1–2", "Gemba walk tentative")],
        "Riverside": [("Dec", "30–2 Jan", "Gemba walk tentative")],
    }
    assert words(following) == {"Riverside": [("Jan", "30–2 Jan", "Gemba walk tentative")]}
    marks = [shown.rows[-1].cells[month].marks for shown, month in ((this, 11), (following, 0))]
    assert marks == [[("tentative", 29, 2)], [("tentative", 0, 2)]]


def test_holidays_of_all_sites_are_one_and_others_stand_at_theirs(cast):
    lyon = make_site(cast.partner, "Lyon", zone="Europe/Paris")
    for site in (cast.site, lyon):
        Holiday.objects.create(site=site, on=dt.date(2026, 12, 25), name="Christmas")
    Holiday.objects.create(site=lyon, on=dt.date(2026, 7, 14), name="Fête nationale")
    assert words(partner_year(cast.partner, 2026, cast.learner, TODAY)) == {
        "All sites": [("Dec", "25", "Christmas")],
        "Lyon": [("Jul", "14", "Fête nationale")],
    }


def test_a_long_word_breaks_with_a_hyphen_where_it_does_not_fit():
    entry = Entry(TODAY, TODAY, "holiday", "Grundlovsdag in June")
    assert entry.narrow == "Grun|d|l|o|v|sdag in June".replace("|", "\N{SOFT HYPHEN}")


def test_checks_say_what_was_answered_or_that_they_are_due(cast):
    claim = make_claim(cast.learner, cast.site, days=[30, 60, 90], measured_on=dt.date(2026, 9, 16))
    answer = {"outcome": "holding", "answered_at": NOW, "answered_by": cast.learner}
    claim.checks.filter(pk=claim.checks.earliest("due_on").pk).update(**answer)
    shown = words(partner_year(cast.partner, 2026, cast.learner, TODAY))
    assert shown == {
        "Riverside": [("Oct", "16", "Check: holding"), ("Nov", "15", "Check overdue"), ("Dec", "15", "Check due")]
    }
    assert words(partner_year(cast.partner, 2026, cast.staff, TODAY)) == {}  # not shared with LEI


def test_the_charter_asks_for_reflections_and_to_be_renewed(cast):
    make_charter(cast)
    seen = {year: words(partner_year(cast.partner, year, cast.sponsor, TODAY)) for year in (2026, 2028, 2029)}
    assert seen == {
        2026: {"All sites": [("Mar", "1", "Charter begins")]},
        2028: {"All sites": [("Feb", "29", "Reflection on year 2"), ("Nov", "30", "Renew the charter, or end it")]},
        2029: {"All sites": [("Feb", "28", "Charter ends"), ("Feb", "28", "Reflection on year 3")]},
    }
    assert words(partner_year(cast.partner, 2026, cast.learner, TODAY)) == {}  # learners do not read it


def test_today_is_marked_and_years_lead_on(cast, sign_in):
    make_confirmed(cast.site, cast.coach)
    with time_machine.travel(NOW):
        text = sign_in("change_agent").get(page_of(cast)).content.decode()
        other = sign_in("change_agent").get(page_of(cast), {"year": "2027"}).content.decode()
    assert ("today, 30" in text, 'href="?year=2025"' in text, reverse("coaching:feed_settings") in text) == (True,) * 3
    assert ("Nothing yet" in other, reverse("coaching:request_new") in other) == (True, True)


@pytest.mark.parametrize(("name", "action"), [("learner", ""), ("staff", "coaching:visit_new")])
def test_an_empty_year_offers_what_its_reader_may_do(cast, sign_in, name, action):
    text = sign_in(name).get(page_of(cast)).content.decode()
    assert ("Nothing yet" in text, "btn primary" in text) == (True, bool(action))
    assert not action or reverse(action) in text


def test_courses_kept_for_the_partner_and_at_its_sites_come_by_themselves(cast, sign_in):
    with time_machine.travel(NOW):
        taught("Ours", dt.date(2026, 3, 10), partner=cast.partner)
        taught("At our site", dt.date(2026, 12, 3), site=cast.site)
        taught("Of all", dt.date(2026, 5, 5))
        taught("Theirs", dt.date(2026, 6, 5), partner=cast.elsewhere)
        taught("Last year", dt.date(2025, 6, 5), partner=cast.partner)
        client = sign_in("learner")
        months = client.get(courses_of(cast), {"year": "2026"}).context["months"]
        empty = client.get(courses_of(cast), {"year": "2028"}).content.strip()
    found = [(month.first.month, row.course.name) for month in months for row in month.rows]
    assert (found, empty) == ([(3, "Ours"), (12, "At our site")], b"")


@pytest.mark.parametrize("year", ["x", "0000", "9999", "\x00", "²²²²"])
def test_an_odd_year_is_no_error(cast, sign_in, year):
    client = sign_in("learner")
    assert [client.get(page(cast), {"year": year}).status_code for page in (page_of, courses_of)] == [200, 200]


def test_the_year_costs_the_same_however_full_it_is(cast, sign_in, django_assert_max_num_queries):
    client, lyon = sign_in("change_agent"), make_site(cast.partner, "Lyon", zone="Europe/Paris")
    make_charter(cast)
    for number in range(4):
        for site in (cast.site, lyon):
            make_visit(site, cast.coach, starts_at=NINE - dt.timedelta(days=20 * number))
            Holiday.objects.create(site=site, on=dt.date(2026, 5, 1 + number), name=f"Holiday {number}")
            make_claim(cast.learner, site, days=[30], measured_on=dt.date(2026, 9, 16))
        taught(f"Course {number}", dt.date(2026, 3, 10 + number), partner=cast.partner)
        with django_assert_max_num_queries(10):
            client.get(page_of(cast), {"year": "2026"})
        with django_assert_max_num_queries(4):
            client.get(courses_of(cast), {"year": "2026"})
