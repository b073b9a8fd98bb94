"""Many confirmations of one coach's day at the same moment: one wins, the others are told who is in the way."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from coaching import actions, schedules
from coaching.models import Visit, VisitPack
from partners.models import Mail, Role, Site
from tests.cast import Cast
from tests.coaching.factories import make_confirmed, make_visit
from tests.factories import make_person

MANY = 50


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def confirm(visit, by, gate):
    """Connect, wait until everybody has, and confirm."""
    try:
        connection.ensure_connection()
        gate.wait(timeout=60)
        return str(actions.confirm(visit, by=by).is_confirmed)
    except actions.CoachIsElsewhere as refused:
        return str(refused)
    finally:
        connection.close()


def test_one_wins_and_the_others_get_a_sentence(cast):
    partner = {"partner_confirmed_at": timezone.now(), "partner_confirmed_by": cast.change_agent}
    visits = [make_visit(cast.site, cast.coach, **partner) for _ in range(MANY)]
    gate = Barrier(MANY)
    with ThreadPoolExecutor(MANY) as pool:
        said = list(pool.map(lambda visit: confirm(visit, cast.coach, gate), visits))
    assert sorted(said) == [
        *["Coach is at Halden Valley Health, Riverside until Wed 25 Nov, 11:00 EST."] * (MANY - 1),
        "True",
    ]
    assert Visit.objects.confirmed().count() == 1


def test_a_confirmation_that_slips_past_the_lock_meets_the_constraint(cast, monkeypatch):
    """Somebody who writes without our lock: the loser still gets the sentence, from the database's refusal."""
    partner = {"partner_confirmed_at": timezone.now(), "partner_confirmed_by": cast.change_agent}
    visit = make_visit(cast.site, cast.coach, **partner)
    make_confirmed(cast.other_site, cast.coach)
    monkeypatch.setattr("coaching.actions.confirming.refuse_if_elsewhere", lambda _visit, **_by: None)
    with pytest.raises(actions.CoachIsElsewhere, match="Coach is at Corvane Aerospace, Wichita") as refused:
        actions.confirm(visit, by=cast.coach)
    assert not isinstance(refused.value.__cause__, IntegrityError)


def at_once(plan):
    """Wake the planner four times at the same moment."""

    def wake(_number):
        try:
            plan()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(wake, range(4)))


def test_planners_at_once_date_a_visit_anew_once(cast):
    starts_at = timezone.now().replace(microsecond=0) + dt.timedelta(days=9)
    visit = make_confirmed(cast.site, cast.coach, starts_at=starts_at)
    Site.objects.filter(pk=cast.site.pk).update(zone="America/Chicago")
    at_once(schedules.keep_clocks)
    visit.refresh_from_db()
    assert (visit.starts_at, visit.sequence) == (starts_at + dt.timedelta(hours=1), 1)
    assert Mail.objects.count() == 2


def test_planners_at_once_invite_once(cast):
    starts_at = timezone.now().replace(microsecond=0) + dt.timedelta(days=9)
    visit = make_confirmed(cast.site, cast.coach, starts_at=starts_at, invited_at=timezone.now())
    visit.in_calendars_of.set([cast.coach, cast.change_agent])
    anew = make_person("anew", site=cast.site, role=Role.CHANGE_AGENT)
    at_once(schedules.update_calendars)
    visit.refresh_from_db()
    assert [mail.person for mail in Mail.objects.all()] == [anew]
    assert visit.sequence == 1


def ask_for_pack(visit, by, gate):
    try:
        connection.ensure_connection()
        gate.wait(timeout=60)
        return actions.ask_for_pack(visit, by=by).pk
    finally:
        connection.close()


def test_a_pack_that_is_asked_for_many_times_at_once_is_one(cast):
    visit, gate = make_confirmed(cast.site, cast.coach), Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(lambda _: ask_for_pack(visit, cast.coach, gate), range(8)))
    assert numbers == set(VisitPack.objects.values_list("pk", flat=True))
    assert len(numbers) == 1
