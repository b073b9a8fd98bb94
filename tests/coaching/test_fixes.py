"""A visit in conflict: the sentence on its card, and the moves that would solve it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.fixes import conflict_of, fixes_for
from coaching.models import Override, Visit
from partners.models import BusyTime, Holiday
from tests.coaching.factories import NINE, make_confirmed, make_visit
from tests.factories import make_person

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
NOW = NINE - DAY


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(cast):
    """Tentative, Wed 25 Nov, 9:00 to 11:00 in Riverside, whose people work from 7:00 to 18:00."""
    return make_visit(cast.site, cast.coach, kind="review")


def take(person, start, hours, kind="course", key="course:1:1"):
    return BusyTime.objects.create(
        key=key, person=person, kind=kind, starts_at=start, ends_at=start + hours * HOUR, zone="America/New_York"
    )


def offered(visit):
    return [(fix.words, fix.coach.name, fix.day.isoformat(), fix.clock) for fix in fixes_for(visit)]


def test_a_later_hour_the_same_day_and_the_next_free_day_are_offered(cast, visit):
    make_confirmed(cast.other_site, cast.coach, starts_at=NINE + HOUR)
    assert offered(visit) == [
        ("Start 3 h later", "Coach", "2026-11-25", "12:00"),
        ("Thu 26, 09:00", "Coach", "2026-11-26", "09:00"),
    ]


def test_a_later_hour_is_after_all_that_follows_rounded_to_a_quarter(cast, visit):
    take(cast.coach, NINE, 1.6)
    take(cast.coach, NINE + 2 * HOUR, 2, key="course:2:1")
    assert offered(visit)[0] == ("Start 4 h later", "Coach", "2026-11-25", "13:00")
    BusyTime.objects.filter(key="course:2:1").delete()
    assert offered(visit)[0] == ("Start 1 h 45 min later", "Coach", "2026-11-25", "10:45")


def test_what_would_end_after_hours_is_not_offered(cast, visit):
    take(cast.coach, NINE, 8)
    assert [words for words, *_ in offered(visit)] == ["Thu 26, 09:00"]


def test_the_next_free_time_skips_holidays_weekends_and_what_is_taken(cast, visit):
    take(cast.coach, NINE, 8)
    Holiday.objects.create(site=cast.site, on=dt.date(2026, 11, 26), name="Thanksgiving")
    take(cast.coach, NINE + 2 * DAY - 2 * HOUR, 12, key="course:2:1")  # Friday, all hours of the site
    take(cast.coach, NINE + 5 * DAY - 2 * HOUR, 5, key="course:3:1")  # Monday until noon
    assert [words for words, *_ in offered(visit)] == ["Mon 30, 12:00"]
    take(cast.coach, NINE + 5 * DAY + 3 * HOUR, 2, key="course:4:1")  # and from noon until two
    assert [words for words, *_ in offered(visit)] == ["Mon 30, 14:00"]


def test_a_tentative_visit_takes_its_time_too(cast, visit):
    take(cast.coach, NINE, 8)
    make_visit(cast.other_site, cast.coach, starts_at=NINE + DAY - 2 * HOUR, ends_at=NINE + DAY + 10 * HOUR)
    assert [words for words, *_ in offered(visit)] == ["Fri 27, 09:00"]


def test_whole_days_move_to_whole_days_that_are_all_free(cast):
    midnight = dt.datetime(2026, 11, 25, 5, tzinfo=dt.UTC)
    visit = make_visit(cast.site, cast.coach, starts_at=midnight, ends_at=midnight + 2 * DAY, is_whole_days=True)
    for number, days in enumerate((0, 2, 6)):  # this Wednesday, Friday, and the Tuesday after
        take(cast.coach, NINE + days * DAY, 2, key=f"course:{number}:1")
    assert offered(visit) == [("Wed 2 Dec", "Coach", "2026-12-02", "")]


def test_another_coach_is_one_of_the_partner_who_is_free_then_and_has_least_to_do(cast, visit):
    take(cast.coach, NINE, 8)
    ann, ben, eve, kim = (make_person(name, is_coach=True) for name in ("ann_a", "ben_b", "eve_e", "kim_k"))
    cast.partner.coaches.add(ann, ben, eve)
    take(ann, NINE, 1, key="course:2:1")
    make_visit(cast.other_site, ben, starts_at=NINE + 5 * DAY)
    assert offered(visit)[0] == ("Give to Eve", "Eve E", "2026-11-25", "09:00")
    cast.partner.coaches.remove(ben, eve)
    make_visit(cast.other_site, eve, starts_at=NINE + HOUR)
    assert offered(visit)[0] == ("Give to Kim", "Kim K", "2026-11-25", "09:00")
    assert kim.is_coach


@pytest.mark.parametrize("kind", ["leave", "course", "travel"])
def test_the_card_says_what_takes_the_time_of_a_tentative_visit(cast, visit, kind):
    take(cast.coach, NINE, 8, kind=kind, key=f"{kind}:1")
    verb = {"leave": "is on leave", "course": "teaches", "travel": "travels"}[kind]
    seen = [conflict_of(visit, reader=reader, now=NOW) for reader in (cast.staff, cast.learner)]
    assert seen == [
        ("Not free then", f"Coach {verb} until Wed 25 Nov, 17:00 EST."),
        ("Not free then", "Coach is elsewhere until Wed 25 Nov, 17:00 EST."),
    ]


def test_leis_people_read_of_two_that_are_tentative_and_of_hopes_for_a_confirmed_time(cast, visit):
    other = make_confirmed(cast.other_site, cast.coach, starts_at=NINE + HOUR)
    assert conflict_of(other, reader=cast.staff, now=NOW).words.endswith("11:00 EST. That visit is tentative.")
    assert conflict_of(other, reader=cast.outsider, now=NOW) is None


def test_what_is_over_or_cancelled_has_no_conflict(cast, visit):
    take(cast.coach, NINE, 8)
    assert conflict_of(visit, reader=cast.staff, now=NINE + DAY) is None
    visit.cancelled_at = NOW
    assert conflict_of(visit, reader=cast.staff, now=NOW) is None


def card(client, visit):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/coaching/?range=week"}
    return client.get(visit.get_absolute_url(), headers=headers).content.decode()


def test_a_fix_is_one_post_of_the_card_and_is_refused_when_stale(cast, visit, sign_in):
    take(cast.coach, NINE, 2)
    text = card(sign_in("staff"), visit)
    assert f'hx-post="/coaching/visits/{visit.pk}/drop/?range=week"' in text
    assert ">Start 2 h later</button>" in text
    fix = {"coach": cast.coach.pk, "day": "2026-11-25", "clock": "11:00", "sequence": 0}
    url, headers = reverse("coaching:visit_drop", args=[visit.pk]), {"HX-Request": "true"}
    assert sign_in("staff").post(url, fix, headers=headers).status_code == 200
    assert Visit.objects.get(pk=visit.pk).starts_at == NINE + 2 * HOUR
    assert sign_in("staff").post(url, fix, headers=headers).status_code == 409


@pytest.mark.parametrize("name", ["coach", "change_agent", "learner"])
def test_only_staff_are_offered_fixes(cast, visit, sign_in, name):
    take(cast.coach, NINE, 2)
    text = card(sign_in(name), visit)
    assert ("Not free then" in text, "/drop/" in text) == (True, False)


def test_the_card_tells_what_was_overridden_and_why(cast, visit, sign_in):
    Override.objects.create(visit=visit, code="hours", words="Late.", reason="Night shift.", by=cast.staff)
    text = " ".join(card(sign_in("change_agent"), visit).split())
    assert "Late. Placed all the same by Staff: Night shift." in text
