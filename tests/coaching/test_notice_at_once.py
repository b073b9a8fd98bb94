"""Calling off too late, and waiving that, on several connections in the same moment: once, and the ledger agrees."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from coaching import actions
from coaching.models import ShortNotice
from partners.models import Allotment, Benefit
from tests.cast import Cast
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import make_confirmed
from tests.coaching.test_charters_at_once import A_YEAR, at_once

MANY = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def visit(cast):
    """Two hours in three days, in a charter that asks for ten days' notice."""
    today = timezone.now().date()
    make_charter(cast, begins_on=today - dt.timedelta(days=180), ends_on=today + A_YEAR)
    soon = timezone.now().replace(microsecond=0) + dt.timedelta(days=3)
    visit = make_confirmed(cast.site, cast.coach, starts_at=soon)
    actions.keep_days_of(cast.partner)
    return visit


def used() -> tuple[float, float]:
    balance = Allotment.objects.of(Benefit.COACH_DAYS).balance()
    call_command("reconcile_days", stdout=StringIO())  # raises when an entry is lacking
    return float(balance.held), float(balance.used)


def test_two_call_off_the_same_visit_and_it_counts_once(cast, visit):
    refused = at_once(*[lambda: actions.cancel(visit, by=cast.change_agent, reason="An audit.")] * MANY)
    assert refused == ["", *["HasChanged"] * (MANY - 1)]
    assert (ShortNotice.objects.count(), used()) == (1, (0, 0.5))


def test_several_waive_it_in_the_same_moment_and_it_is_given_back_once(cast, visit):
    actions.cancel(visit, by=cast.change_agent, reason="An audit.")
    late = ShortNotice.objects.get()
    same = [lambda: actions.waive(late, by=cast.staff, reason="The flood.")] * MANY
    other = [lambda: actions.waive(late, by=cast.administrator, reason="A favour.")] * MANY
    refused = at_once(*same, *other)
    assert refused == [""] * MANY + ["AlreadyWaived"] * MANY
    assert used() == (0, 0)
    assert Allotment.objects.filter(kind="returned").count() == 1


def test_waiving_while_planners_write_the_account(cast, visit):
    actions.cancel(visit, by=cast.change_agent, reason="An audit.")
    late = ShortNotice.objects.get()
    plan = [lambda: actions.keep_days_of(cast.partner)] * MANY
    assert set(at_once(*plan, lambda: actions.waive(late, by=cast.staff, reason="The flood."), *plan)) == {""}
    actions.keep_days_of(cast.partner)
    assert used() == (0, 0)


def test_lei_and_the_partner_call_off_in_the_same_moment(cast, visit):
    """Whoever comes first decides whether the days count; never both."""
    people = [cast.change_agent, cast.staff] * 2
    at_once(*[lambda by=by: actions.cancel(visit, by=by, reason="An audit.") for by in people])
    visit.refresh_from_db()
    by_partner = visit.cancelled_by == cast.change_agent
    assert (ShortNotice.objects.count(), used()) == (int(by_partner), (0, 0.5 if by_partner else 0))
