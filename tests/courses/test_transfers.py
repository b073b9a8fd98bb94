"""Side by side: reaction, learning, behaviour and results; and whom a coach would call."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from a3.actions import claim_effect
from courses import actions
from courses.transfers import sides_of, took_part
from partners.models import Check, Claim
from tests.a3.factories import sheet_type
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.courses.transfers import answered, make_past, make_plan, make_purpose, make_reaction
from tests.factories import make_person

PAGES = ("/courses/of-partner/{}/transfer/", "/courses/{}/transfer/")


@pytest.fixture
def course(db):
    return make_course("Managing with A3s")


@pytest.fixture
def said(cast, course):
    """Four people a hundred days ago: one did it, one was silent, one gave up at once, one planned nothing."""
    offering = make_offering(course, in_days=-120)
    people = [make_person(name, site=cast.site) for name in ("did", "silent", "gave_up", "planless")]
    rows = [make_enrollment(offering, person, "attended") for person in people]
    make_purpose(rows[0], cast.sponsor, agreed_at=timezone.now())
    make_purpose(rows[1], cast.sponsor)
    for row, word in zip(rows[:3], ("yes", "yes", "no"), strict=True):
        make_reaction(row, recommends=word, can="alone" if word == "yes" else "not_yet")
    plans = [make_plan(row) for row in rows[:3]]
    for after in (30, 60, 90):
        answered(plans[0], after, "yes")
    answered(plans[2], 30, "gave_up")
    return plans


def counts(bar):
    return {piece.words: piece.number for piece in bar.drawn}


def test_what_nobody_answered_is_unknown_and_what_was_given_up_stays_so(cast, said):
    (side,) = sides_of(took_part(timezone.now()), by="offering__course", reader=cast.staff)
    assert (side.took, side.counts["agreed"], side.counts["planned"]) == (4, 1, 3)
    assert counts(side.reaction) == {"yes": 2, "no": 1, "unknown": 1}
    assert counts(side.learning) == {"alone": 2, "not yet": 1, "unknown": 1}
    assert [counts(bar) for _, bar in side.behaviour] == [{"did it": 1, "gave it up": 1, "unknown": 1}] * 3
    assert side.results.of == 0


def test_a_check_is_counted_once_it_is_answered_or_two_weeks_late(cast, course):
    make_plan(make_past(cast, cast.learner, days_ago=40, course=course))
    make_plan(make_past(cast, cast.sponsor, days_ago=50, course=course))
    (side,) = sides_of(took_part(timezone.now()), by="offering__course", reader=cast.staff)
    assert [counts(bar) for _, bar in side.behaviour] == [{"unknown": 1}, {}, {}]


def test_only_who_was_there_is_counted(cast, course):
    past = make_past(cast, cast.learner, course=course)
    for day, present in ((0, True), (1, False)):
        past.attendances.create(
            day=past.offering.starts_on + dt.timedelta(days=day), present=present, noted_by=cast.coach,
            noted_at=timezone.now(),
        )  # fmt: skip
    absent = make_enrollment(past.offering, cast.sponsor, "enrolled")
    absent.attendances.create(day=past.offering.starts_on, present=False, noted_by=cast.coach, noted_at=timezone.now())
    make_enrollment(past.offering, cast.change_agent, "cancelled")
    make_enrollment(make_offering(course), cast.learner, "enrolled")
    assert set(took_part(timezone.now())) == {past}


def gain(plan, by, outcome="", *, days_ago=100):
    """A claim of the plan's sheet, whose first check was answered so."""
    sheet = plan.sheet or actions.make_sheet(plan, by=by)
    measured = timezone.localdate() - dt.timedelta(days=days_ago)
    claim = Claim(owner=by, measure=f"Wait {outcome}", baseline=9, value=4, measured_on=measured)
    claim_effect(sheet, claim, by=by, days=(30, 300))
    if outcome:
        Check.objects.filter(claim=claim, due_on__lt=timezone.localdate()).update(
            outcome=outcome, answered_at=timezone.now(), answered_by=by
        )
    return claim


def test_results_are_those_of_its_sheets_as_the_reader_may_see_them(cast, said):
    sheet_type()
    owner = said[0].enrollment.person
    claims = [gain(said[0], owner, outcome) for outcome in ("improving", "slipped", "")]
    claims.append(gain(said[0], owner, "", days_ago=3))
    (side,) = sides_of(took_part(timezone.now()), by="offering__course", reader=cast.change_agent)
    assert counts(side.results) == {"improving": 1, "slipped": 1, "unknown": 1, "not checked yet": 1}
    standings = {"claimed" if c.standing == "claimed" else str(c.standing) for c in Claim.objects.with_checks()}
    assert standings == {"improving", "slipped", "unknown", "claimed"}
    (side,) = sides_of(took_part(timezone.now()), by="offering__course", reader=cast.staff)
    assert counts(side.results) == {}
    Claim.objects.update(is_shared_with_lei=True)
    (side,) = sides_of(took_part(timezone.now()), by="offering__course", reader=cast.staff)
    assert side.results.of == len(claims)


def test_a_partner_sees_its_own_people_alone(cast, said, sign_in):
    other = make_past(cast, make_person("wichita", site=cast.other_site), course=make_course("Elsewhere alone"))
    make_plan(other)
    page = sign_in("sponsor").get(PAGES[0].format(cast.partner.pk)).content.decode()
    assert "Managing with A3s" in page
    assert "Elsewhere alone" not in page
    assert "4 took it" in page
    assert "Nobody has taken a course yet" not in page


def test_the_file_says_what_the_page_says(cast, said, sign_in):
    answer = sign_in("sponsor").get(PAGES[0].format(cast.partner.pk) + "?as=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Course"], row["Took it"], row["Made a plan"]) == ("Managing with A3s", "4", "3")
    assert (row["30 days: did it"], row["90 days: unknown"], row["60 days: gave it up"]) == ("1", "1", "1")


def test_an_offering_is_read_partner_by_partner_by_who_teaches_it(cast, said, sign_in):
    offering = said[0].enrollment.offering
    url = PAGES[1].format(offering.pk)
    make_plan(make_enrollment(offering, cast.outsider, "attended"))
    assert sign_in("coach").get(url).status_code == 404
    offering.instructors.add(cast.coach)
    page = sign_in("coach").get(url).content.decode()
    assert all(name in page for name in (cast.partner.name, cast.elsewhere.name, "Together", "5 took it"))


def test_who_teaches_it_reads_why_they_come(cast, sign_in):
    offering = make_offering()
    make_purpose(make_enrollment(offering, cast.learner, "enrolled"), cast.sponsor)
    gone = make_enrollment(offering, cast.outsider, "cancelled")
    make_purpose(gone, cast.outsider, problem="No longer.")
    offering.instructors.add(cast.coach)
    page = sign_in("coach").get(PAGES[1].format(offering.pk)).content.decode()
    assert "Patients wait for their papers." in page
    assert "No longer." not in page


@pytest.mark.parametrize("people", [1, 6])
def test_side_by_side_costs_the_same_for_one_and_many(cast, people, sign_in, django_assert_max_num_queries):
    offering = make_offering(make_course("Another"), in_days=-100)
    for _ in range(people):
        answered(make_plan(make_past(cast, make_person(site=cast.site), days_ago=100)), 30, "yes")
        make_purpose(make_enrollment(offering, make_person(site=cast.site), "attended"), cast.sponsor)
    client = sign_in("staff")
    for url in (PAGES[0].format(cast.partner.pk), PAGES[1].format(offering.pk)):
        with django_assert_max_num_queries(6):
            assert client.get(url).status_code == 200


def test_whom_to_call_and_why(cast, said, sign_in):
    client = sign_in("coach")
    stuck = client.get("/courses/transfers/").content.decode()
    assert "Silent" in stuck
    assert "No answer to day 30 for" in stuck
    assert "Gave it up at 30 days." in stuck
    assert "Did it at" not in stuck
    far = client.get("/courses/transfers/?show=furthest").content.decode()
    assert "Did it at 30, 60 and 90 days." in far
    assert "Silent" not in far
    offering = said[0].enrollment.offering
    assert "Gave it up" in client.get(f"/courses/transfers/?offering={offering.pk}").content.decode()
    assert "Nobody to call" in client.get(f"/courses/transfers/?offering={offering.pk + 1}").content.decode()
    assert "Nobody to call" in client.get(f"/courses/transfers/?partner={cast.elsewhere.pk}").content.decode()


def test_the_calls_cost_the_same_for_one_and_many_and_go_on(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("coach")
    for upto in (1, 55):
        while len(seen := list(cast.partner.enrollments.all())) < upto:
            make_plan(make_past(cast, make_person(f"call{len(seen)}", site=cast.site), days_ago=50))
        with django_assert_max_num_queries(5):
            page = client.get("/courses/transfers/").content.decode()
    assert page.count("No answer to day 30") == 50
    assert "after=" in page
