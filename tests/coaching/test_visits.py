"""Which visits each person sees, may change and confirm; and what the database refuses."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching import words
from coaching.models import Visit, VisitRequest
from partners.models import Site
from tests.cast import PEOPLE
from tests.coaching.factories import NINE, make_cancelled, make_confirmed, make_request, make_visit
from tests.factories import make_person

HOUR = dt.timedelta(hours=1)
LEI = ("coach", "staff", "administrator")


@pytest.fixture
def visits(cast):
    other_coach = make_person("other_coach", is_coach=True)
    return {
        "ours": make_visit(cast.site, cast.coach),
        "ours_confirmed": make_confirmed(cast.site, cast.coach),
        "ours_cancelled": make_cancelled(cast.site, cast.coach),
        "theirs": make_visit(cast.other_site, other_coach),
    }


def sets(cast, queryset, rows, scope):
    """For each person, the names of the rows that the scope gives them."""
    return {
        name: {
            key
            for key, row in rows.items()
            if row in getattr(queryset, scope)(AnonymousUser() if name == "nobody" else cast[name])
        }
        for name in PEOPLE
    }


def test_partner_people_see_visits_at_their_partner_and_lei_all(cast, visits):
    ours, everything = {"ours", "ours_confirmed", "ours_cancelled"}, set(visits)
    assert sets(cast, Visit.objects, visits, "visible_to") == {
        "nobody": set(),
        "outsider": {"theirs"},
        "learner": ours,
        "change_agent": ours,
        "sponsor": ours,
        "coach": everything,
        "staff": everything,
        "administrator": everything,
    }


def test_staff_the_coach_and_the_change_agent_may_change_a_visit(cast, visits):
    none = dict.fromkeys(PEOPLE, frozenset())
    ours = {"ours", "ours_confirmed"}
    assert sets(cast, Visit.objects, visits, "editable_by") == none | {
        "outsider": {"theirs"},
        "change_agent": ours,
        "coach": ours,
        "staff": ours | {"theirs"},
    }
    assert sets(cast, Visit.objects, visits, "placeable_by") == none | {"staff": ours | {"theirs"}}


def test_each_side_confirms_what_waits_for_it(cast, visits):
    half = make_visit(
        cast.site, cast.coach, partner_confirmed_at=timezone.now(), partner_confirmed_by=cast.change_agent
    )
    rows = visits | {"half": half}
    assert sets(cast, Visit.objects, rows, "confirmable_by") == dict.fromkeys(PEOPLE, frozenset()) | {
        "outsider": {"theirs"},
        "change_agent": {"ours"},
        "coach": {"ours", "half"},
    }


def test_people_take_part_as_coach_change_agent_or_asker(cast, visits):
    asked = make_visit(cast.site, make_person("third"), request=make_request(cast.site, cast.learner))
    rows = visits | {"asked": asked}
    ours = {"ours", "ours_confirmed", "ours_cancelled"}
    assert {name: {k for k, v in rows.items() if v in Visit.objects.of(cast[name])} for name in PEOPLE[1:]} == {
        "outsider": {"theirs"},
        "learner": {"asked"},
        "change_agent": ours | {"asked"},
        "sponsor": set(),
        "coach": ours,
        "staff": set(),
        "administrator": set(),
    }


def test_requests_are_seen_and_changed_by_their_partner_and_placed_by_staff(cast):
    rows = {
        "ours": make_request(cast.site, cast.change_agent),
        "ours_placed": make_request(cast.site, cast.change_agent, placed_at=timezone.now()),
        "theirs": make_request(cast.other_site, cast.outsider),
    }
    none, ours = dict.fromkeys(PEOPLE, frozenset()), {"ours", "ours_placed"}
    partner = dict.fromkeys(("learner", "change_agent", "sponsor"), ours)
    assert sets(cast, VisitRequest.objects, rows, "visible_to") == none | partner | {"outsider": {"theirs"}} | (
        dict.fromkeys(LEI, frozenset(rows))
    )
    assert sets(cast, VisitRequest.objects, rows, "placeable_by") == none | {"staff": {"ours", "theirs"}}
    assert sets(cast, VisitRequest.objects, rows, "editable_by") == none | {
        "change_agent": {"ours"},
        "outsider": {"theirs"},
        "staff": {"ours", "theirs"},
    }


def test_upcoming_past_and_between(cast):
    first = make_visit(cast.site, cast.coach)
    second = make_visit(cast.site, cast.coach, starts_at=NINE + 24 * HOUR)
    assert list(Visit.objects.upcoming(NINE + HOUR)) == [first, second]
    assert list(Visit.objects.upcoming(NINE + 2 * HOUR)) == [second]
    assert list(Visit.objects.past(NINE + 48 * HOUR)) == [second, first]
    assert list(Visit.objects.between(NINE + HOUR, NINE + 24 * HOUR)) == [first]


def test_a_coach_has_one_confirmed_visit_at_a_time(cast):
    make_confirmed(cast.site, cast.coach)
    make_confirmed(cast.site, cast.coach, starts_at=NINE + 2 * HOUR)  # begins when the first ends
    make_visit(cast.other_site, cast.coach)  # tentative ones may overlap
    make_cancelled(cast.site, cast.coach)
    with pytest.raises(IntegrityError, match="partners_busytime_once_at_a_time"):
        make_confirmed(cast.other_site, cast.coach, starts_at=NINE + HOUR)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("ends_after_start", {"ends_at": NINE}),
        ("not_endless", {"ends_at": NINE + dt.timedelta(days=32)}),
        ("partner_confirmed_at_with_by", {"partner_confirmed_at": NINE}),
        ("coach_confirmed_at_with_by", {"coach_confirmed_at": NINE}),
        ("confirmed_by_both", {"confirmed_at": NINE}),
        ("cancelled_at_with_by_and_reason", {"cancelled_at": NINE, "cancel_reason": "Flood."}),
    ],
)
def test_the_database_refuses(cast, constraint, fields):
    with pytest.raises(IntegrityError, match=f"coaching_visit_{constraint}"):
        make_visit(cast.site, cast.coach, **fields)


def test_a_request_has_one_standing_visit(cast):
    request = make_request(cast.site, cast.change_agent)
    make_cancelled(cast.site, cast.coach, request=request)
    make_visit(cast.site, cast.coach, request=request)
    with pytest.raises(IntegrityError, match="answers_request_once"), transaction.atomic():
        make_visit(cast.site, cast.coach, request=request)


def test_a_request_keeps_its_days_in_order_and_its_withdrawal_signed(cast):
    early = dt.date(2026, 11, 1)
    with pytest.raises(IntegrityError, match="days_in_order"), transaction.atomic():
        make_request(cast.site, cast.change_agent, preferred_to=early)
    with pytest.raises(IntegrityError, match="withdrawn_at_with_by"):
        make_request(cast.site, cast.change_agent, withdrawn_at=NINE)


def test_days_are_the_sites(cast):
    """A visit that ends at midnight in New York ends on the day before, whatever the day in UTC."""
    visit = make_visit(cast.site, cast.coach, ends_at=NINE + 15 * HOUR)
    assert (visit.first_day, visit.last_day) == (dt.date(2026, 11, 25), dt.date(2026, 11, 25))


def test_a_visit_keeps_the_zone_in_which_it_was_agreed_on(cast):
    visit = make_visit(cast.site, cast.coach)
    Site.objects.filter(pk=cast.site.pk).update(zone="America/Chicago")
    visit = Visit.objects.select_related("site").get(pk=visit.pk)
    assert words.when(visit).endswith(", 09:00 to 11:00 EST")
    with pytest.raises(IntegrityError, match="zone"):
        make_visit(cast.site, cast.coach, zone=None)


def test_history_is_kept_by_the_database(cast):
    visit = make_visit(cast.site, cast.coach)
    Visit.objects.filter(pk=visit.pk).update(purpose="Another one.")
    assert list(visit.events.order_by("pgh_id").values_list("pgh_label", "purpose")) == [
        ("insert", "Walk the discharge process."),
        ("update", "Another one."),
    ]
