"""Looking for a coach: who is free, who fits best, and why."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from coaching import actions
from coaching.models import CoachProfile, Kind, Leave
from coaching.times import whole_days
from tests.cast import PEOPLE
from tests.coaching.factories import make_confirmed, make_request, make_visit
from tests.factories import make_person, make_site

FIND = reverse("coaching:coach_finder")
WEEK = {"first": "2026-11-23", "last": "2026-11-27", "days": 2}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def at(day, hour=14):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def found(client, cast, **fields):
    answer = client.get(FIND, {"site": cast.site.pk} | WEEK | fields)
    return {one.coach.name: (one.starts, one.reasons) for one in answer.context["found"]}


def make_coach(name, **fields):
    coach = make_person(name, is_coach=True)
    CoachProfile.objects.create(coach=coach, **{"languages": ["en"]} | fields)
    return coach


def test_only_days_on_which_nothing_is_in_the_way(cast, sign_in):
    make_confirmed(cast.other_site, cast.coach, starts_at=at(24))
    assert found(sign_in("staff"), cast)["Coach"][0] == [dt.date(2026, 11, 25), dt.date(2026, 11, 26)]


def test_leave_and_tentative_visits_take_days_too_and_weekends_are_none(cast, sign_in):
    slot = whole_days(dt.date(2026, 11, 23), dt.date(2026, 11, 24), cast.coach.tzinfo)
    actions.add_leave(Leave(coach=cast.coach, **vars(slot)), by=cast.staff)
    make_visit(cast.site, cast.coach, starts_at=at(26))
    assert found(sign_in("staff"), cast) == {}
    assert found(sign_in("staff"), cast, last="2026-12-01")["Coach"][0] == [dt.date(2026, 11, 30)]


def test_days_are_those_of_the_site_wherever_the_coach_is_before(cast, sign_in):
    """Wednesday in Auckland begins on Tuesday morning in New York and ends on Wednesday morning."""
    far = make_site(cast.elsewhere, "Auckland", zone="Pacific/Auckland")
    slot = whole_days(dt.date(2026, 11, 25), dt.date(2026, 11, 25), far.tzinfo)
    make_confirmed(far, cast.coach, **vars(slot))
    assert found(sign_in("staff"), cast, days=1)["Coach"][0] == [
        dt.date(2026, 11, 23),
        dt.date(2026, 11, 26),
        dt.date(2026, 11, 27),
    ]


def test_holidays_of_the_site_and_days_on_which_it_cannot_are_left_out(cast, sign_in):
    cast.site.holidays.create(on=dt.date(2026, 11, 26), name="Thanksgiving")
    asked = make_request(cast.site, cast.change_agent, impossible_on=[dt.date(2026, 11, 24)])
    client = sign_in("staff")
    days = [dt.date(2026, 11, day) for day in (23, 25, 27)]
    assert found(client, cast, days=1, request=asked.pk)["Coach"][0] == days
    answer = client.get(FIND, {"site": cast.site.pk, "first": "2026-11-26", "last": "2026-11-26", "days": 1})
    assert "holidays of the site left out" in " ".join(answer.text.split())


def test_the_best_fit_comes_first_and_says_why(cast, sign_in):
    make_coach("ana", languages=["en", "fr"], experience=["health"])
    make_coach("bo", languages=["en", "fr"])
    make_coach("cy", experience=["health"])
    rows = found(sign_in("staff"), cast, language="fr", experience="health")
    assert list(rows) == ["Ana", "Bo", "Cy", "Coach"]
    assert rows["Ana"][1] == [
        "Speaks French.",
        "Experience: Health care.",
        "Would be new at this partner.",
        "0 of 10 coaching days taken that month.",
    ]
    assert rows["Coach"][1][0] == "Does not speak French."


def test_who_knows_the_partner_comes_first_and_then_who_is_near(cast, sign_in):
    type(cast.site).objects.filter(pk=cast.site.pk).update(latitude=40.0, longitude=-83.0)
    near = make_site(cast.elsewhere, "Dayton", latitude=39.8, longitude=-84.2, zone="America/New_York")
    ana, bo = make_coach("ana", latitude=42.4, longitude=-71.1), make_coach("bo")
    make_confirmed(near, bo, starts_at=at(27), kind=Kind.ONSITE)
    make_confirmed(cast.site, cast.coach, starts_at=at(4))
    rows = found(sign_in("staff"), cast)
    assert list(rows) == ["Coach", "Bo", "Ana"]
    assert rows["Coach"][1] == [
        "One of the partner's coaches. 1 visit at this partner in two years.",
        "0.5 of 10 coaching days taken that month.",
    ]
    assert rows["Bo"][1][1] == "Is near on Fri 27 Nov, 09:00 to 11:00 EST: Dayton, 105 km away."
    assert rows["Ana"][1][1].startswith("Lives ")
    assert ana.pk


def test_a_request_fills_the_search(cast, sign_in):
    type(cast.site).objects.filter(pk=cast.site.pk).update(language="fr")
    asked = make_request(cast.site, cast.change_agent, preferred_to=dt.date(2026, 12, 4))
    context = sign_in("staff").get(FIND, {"request": asked.pk}).context
    assert (context["wish"].site, context["wish"].first, context["wish"].language) == (
        cast.site,
        dt.date(2026, 11, 25),
        "fr",
    )
    assert sign_in("coach").get(FIND, {"request": asked.pk}).context["asked"] is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last": "2026-11-20"}, "last"),
        ({"last": "2027-11-20"}, "last"),
        ({"first": "2226-11-20"}, "first"),
        ({"days": "9"}, "days"),
        ({"language": "\x00"}, "language"),
        ({"site": "x"}, "site"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, sign_in, fields, field):
    answer = sign_in("staff").get(FIND, {"site": cast.site.pk} | WEEK | fields)
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("number", ["x", "\x00", "99999999999999999999", "-1", "²"])
def test_an_odd_number_of_a_request_finds_none(sign_in, number):
    assert sign_in("staff").get(FIND, {"request": number}).context["asked"] is None


def test_the_search_costs_the_same_for_one_coach_and_for_four(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    for coaches in (1, 3):
        for number in range(coaches):
            make_confirmed(cast.site, make_coach(f"coach{coaches}{number}"), starts_at=at(24))
        with django_assert_max_num_queries(12):
            client.get(FIND, {"site": cast.site.pk} | WEEK)


def test_profiles_are_seen_by_lei_and_changed_by_staff_and_the_coach(cast):
    make_coach("other")
    own = CoachProfile.objects.create(coach=cast.coach)
    counts = {
        name: tuple(getattr(CoachProfile.objects, scope)(who).count() for scope in ("visible_to", "editable_by"))
        for name, who in ((name, AnonymousUser() if name == "nobody" else cast[name]) for name in PEOPLE)
    }
    assert counts == dict.fromkeys(PEOPLE, (0, 0)) | {"coach": (2, 1), "staff": (2, 2), "administrator": (2, 0)}
    assert CoachProfile.objects.editable_by(cast.coach).get() == own


def test_a_coach_says_what_they_bring(cast, sign_in):
    url = reverse("coaching:coach_profile", args=[cast.coach.pk])
    client = sign_in("coach")
    assert client.post(url, {"languages": ["fr"], "days_a_month": 40}).status_code == 422
    assert client.post(url, {"languages": ["fr"], "days_a_month": 8, "latitude": "42"}).status_code == 422
    client.post(url, {"languages": ["fr", "en"], "experience": ["a3"], "days_a_month": 8})
    profile = CoachProfile.objects.get()
    assert (profile.coach, profile.languages, profile.days_a_month) == (cast.coach, ["fr", "en"], 8)
