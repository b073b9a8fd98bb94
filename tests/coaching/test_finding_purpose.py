"""Finding a coach for a purpose: typed, or from a request; who went for the like comes first, and it says why."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.models import CoachProfile, Visit
from coaching.purposes import fields_of, like_it, stems_of
from tests.coaching.factories import make_cancelled, make_confirmed, make_request, make_visit
from tests.factories import make_person

FIND = reverse("coaching:coach_finder")
MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
WEEK = {"first": "2026-11-23", "last": "2026-11-27", "days": 2}
YEAR = dt.timedelta(days=365)
PURPOSE = "Patients wait for their discharge letter"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def coaches(cast):
    """Ana went for the like twice, Bo brings what it is about, Cy neither; none of them knows the partner."""
    ana, bo, cy = (make_person(name, is_coach=True) for name in ("ana", "bo", "cy"))
    CoachProfile.objects.create(coach=bo, languages=["en"], experience=["health", "office"])
    for days, purpose in (
        (90, "Letters at discharge: who waits?"),
        (30, "Discharge before noon, and no patient waits."),
    ):
        make_confirmed(cast.other_site, ana, starts_at=MONDAY - dt.timedelta(days=days), purpose=purpose)
    make_confirmed(cast.other_site, cy, starts_at=MONDAY - dt.timedelta(days=20), purpose="Changeover of line three.")
    return {"Ana": ana, "Bo": bo, "Cy": cy}


def found(client, cast, **fields):
    answer = client.get(FIND, {"site": cast.site.pk} | WEEK | fields)
    return {one.coach.name: one.reasons for one in answer.context["found"]}


def test_a_typed_purpose_puts_first_who_went_for_the_like_and_says_so(cast, sign_in, coaches):
    rows = found(sign_in("staff"), cast, purpose=PURPOSE)
    assert list(rows) == ["Ana", "Bo", "Coach", "Cy"]
    assert rows["Ana"][0] == (
        "Went for something like it twice in two years: “Discharge before noon, and no patient waits.” "
        f"({cast.elsewhere}, {cast.other_site}, Sat 17 Oct 2026)."
    )
    assert rows["Bo"][0] == "Brings what it is about: Health care."
    assert "like it" not in " ".join(rows["Cy"])


def test_without_one_nothing_is_said_of_it(cast, sign_in, coaches):
    said = " ".join(reason for reasons in found(sign_in("staff"), cast).values() for reason in reasons)
    assert "like it" not in said
    assert "about" not in said


def test_a_request_brings_its_own(cast, sign_in, coaches):
    asked = make_request(cast.site, cast.change_agent, purpose=PURPOSE + "." * 400, preferred_to=dt.date(2026, 12, 4))
    answer = sign_in("staff").get(FIND, {"request": asked.pk})
    assert answer.context["wish"].purpose == asked.purpose[:300]
    assert [one.coach.name for one in answer.context["found"]][:2] == ["Ana", "Bo"]


def test_the_links_for_placing_keep_what_was_typed(cast, sign_in):
    client = sign_in("staff")
    answer = client.get(FIND, {"site": cast.site.pk, "purpose": "A & B"} | WEEK)
    address = (
        f"{reverse('coaching:visit_new')}?site={cast.site.pk}&purpose=A%20%26%20B&coach={cast.coach.pk}&first_day="
    )
    assert address.replace("&", "&amp;") in answer.text
    assert client.get(f"{address}2026-11-23").context["form"].initial["purpose"] == "A & B"


def test_only_what_took_place_in_two_years_counts(cast):
    make_cancelled(cast.site, cast.coach, starts_at=MONDAY - YEAR / 2, purpose=PURPOSE)
    make_visit(cast.site, cast.coach, starts_at=MONDAY - YEAR / 3, purpose=PURPOSE)
    make_confirmed(cast.site, cast.coach, starts_at=MONDAY - 3 * YEAR, purpose=PURPOSE)
    counts = make_confirmed(cast.site, cast.coach, starts_at=MONDAY - YEAR, purpose=PURPOSE)
    assert like_it(Visit.objects.confirmed(), PURPOSE, MONDAY - 2 * YEAR) == [counts]


@pytest.mark.parametrize(
    ("purpose", "is_like"),
    [
        ("Discharges", True),  # one word, in another form
        ("Discharge of steel", False),  # one of two
        ("The letter of discharge", True),
        ("Is it to be?", False),  # nothing but words that say nothing
        ("12 34", False),
        ("'; !!! & | ( <-> :*", False),
        ("Discharge one two three four five six seven letter", True),  # some of many
        (" ".join(["Discharge letter", *(f"word{chr(97 + n)}" for n in range(20))]), False),  # few of many
    ],
)
def test_how_many_words_have_to_be_the_same(cast, purpose, is_like):
    make_confirmed(cast.site, cast.coach, starts_at=MONDAY - YEAR, purpose="Who waits for the discharge letter?")
    assert bool(like_it(Visit.objects.confirmed(), purpose, MONDAY - 2 * YEAR)) == is_like


@pytest.mark.django_db
def test_a_purpose_asks_for_experience_by_its_words():
    assert fields_of("Patients in two wards wait for stores") == {"health", "logistics"}
    assert fields_of("") == set()
    assert stems_of(["Walking the walks", "of the"]) == [frozenset({"walk"}), frozenset()]


def test_it_costs_the_same_for_one_coach_and_for_four(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    for coaches in (1, 3):
        for number in range(coaches):
            coach = make_person(f"coach{coaches}{number}", is_coach=True)
            make_confirmed(cast.site, coach, starts_at=MONDAY - YEAR, purpose=PURPOSE)
        with django_assert_max_num_queries(15):
            client.get(FIND, {"site": cast.site.pk, "purpose": PURPOSE} | WEEK)


def test_too_long_a_purpose_is_said_beside_it(cast, sign_in):
    answer = sign_in("staff").get(FIND, {"site": cast.site.pk, "purpose": "x" * 301} | WEEK)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["purpose"])
