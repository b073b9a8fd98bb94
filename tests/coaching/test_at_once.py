"""Many confirmations of one coach's day at the same moment: one wins, the others are told who is in the way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from coaching import actions
from coaching.models import Visit
from tests.cast import Cast
from tests.coaching.factories import make_confirmed, make_visit

MANY = 12


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def confirm(visit, by):
    try:
        return str(actions.confirm(visit, by=by).is_confirmed)
    except actions.CoachIsElsewhere as refused:
        return str(refused)
    finally:
        connection.close()


def test_one_wins_and_the_others_get_a_sentence(cast):
    partner = {"partner_confirmed_at": timezone.now(), "partner_confirmed_by": cast.change_agent}
    visits = [make_visit(cast.site, cast.coach, **partner) for _ in range(MANY)]
    with ThreadPoolExecutor(MANY) as pool:
        said = list(pool.map(lambda visit: confirm(visit, cast.coach), visits))
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
