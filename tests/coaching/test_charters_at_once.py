"""Several people, or several planners, at one charter in the same moment."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from coaching import actions
from coaching.models import Charter
from coaching.models.charters import today
from partners.models import Allotment, Obligation
from tests.cast import Cast
from tests.coaching.charter_factories import change, make_charter, make_proposed, make_terms
from tests.coaching.factories import make_confirmed

MANY = 6
A_YEAR = dt.timedelta(days=365)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def now():
    """Terms of a charter that began half a year ago."""
    return {"begins_on": today() - dt.timedelta(days=180), "ends_on": today() + A_YEAR}


def at_once(*deeds):
    """Do all of them in threads of their own; returns the names of what was refused."""

    def do(deed):
        try:
            deed()
        except actions.Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


def test_both_sides_acknowledge_in_the_same_moment(cast, now):
    version = make_proposed(cast, **now).versions.get()
    people = [cast.staff, cast.sponsor, cast.change_agent] * 2
    refused = at_once(*[lambda by=by: actions.acknowledge_charter(version, by=by) for by in people])
    assert set(refused) <= {"", "HasChanged"}  # whoever comes when it is in force already
    assert Charter.objects.get().in_force == version
    assert Allotment.objects.filter(kind="granted").count() == 1


def test_two_charters_come_into_force_in_the_same_moment_and_one_wins(cast, now):
    versions = [make_proposed(cast, **now).versions.get() for _ in range(2)]
    for version in versions:
        actions.acknowledge_charter(version, by=cast.staff)
    refused = at_once(*[lambda v=v: actions.acknowledge_charter(v, by=cast.sponsor) for v in versions])
    assert refused == ["", "AnotherCharter"]
    assert Charter.objects.agreed().count() == 1


def test_several_propose_in_the_same_moment_and_one_wins(cast, now):
    charter = make_charter(cast, **now)
    refused = at_once(*[lambda n=n: change(cast, charter, notice_days=20 + n, **now) for n in range(MANY)])
    assert refused == ["", *["HasChanged"] * (MANY - 1)]
    assert [version.number for version in charter.versions.all()] == [2, 1]


def test_several_planners_write_each_entry_and_ask_for_each_thing_once(cast, now):
    charter = make_charter(cast, **now | {"ends_on": today() + dt.timedelta(days=20)})
    soon = dt.datetime.combine(today() + dt.timedelta(days=3), dt.time(14), dt.UTC)
    visit = make_confirmed(cast.site, cast.coach, starts_at=soon)
    at_once(*[lambda: actions.keep_days_of(cast.partner) for _ in range(MANY)])
    at_once(*[lambda: actions.look_after(charter, day=today()) for _ in range(MANY)])
    actions.keep_days_of(cast.partner)
    assert Allotment.objects.filter(about=f"visit:{visit.pk}").count() == 1
    assert Allotment.objects.filter(about=charter.about).count() == 1
    assert Obligation.objects.open().filter(key__contains=":end:").count() == 1


def test_one_renewal_is_made_however_many_make_one(cast, now):
    charter = make_charter(cast, **now)
    later = make_terms(cast, begins_on=now["ends_on"] + dt.timedelta(days=1), ends_on=now["ends_on"] + A_YEAR)
    refused = at_once(
        *[lambda: actions.start_charter(cast.partner, by=cast.staff, terms=later, renews=charter) for _ in range(MANY)]
    )
    assert refused == ["", *["AlreadyRenewed"] * (MANY - 1)]
