"""What is owed for a visit ends with it."""

import datetime as dt

import time_machine

from coaching import actions
from coaching.models import Kind, Visit
from coaching.schedules import close_over
from partners.models import Obligation
from tests.coaching.factories import NINE

HOUR = dt.timedelta(hours=1)


def place(cast, starts_at):
    visit = Visit(site=cast.site, coach=cast.coach, kind=Kind.GEMBA, starts_at=starts_at, ends_at=starts_at + HOUR)
    return actions.place(visit, by=cast.staff)


def ended():
    close_over()
    rows = Obligation.objects.exclude(settled_at=None, cancelled_at=None)
    return {(key.split(":")[2], settled is not None) for key, settled in rows.values_list("key", "settled_at")}


def test_reminders_are_settled_and_unconfirmed_visits_called_off(cast):
    with time_machine.travel(NINE - 100 * HOUR, tick=False) as clock:
        confirmed, unconfirmed = place(cast, NINE), place(cast, NINE + 2 * HOUR)
        actions.confirm(confirmed, by=cast.coach)
        actions.confirm(confirmed, by=cast.change_agent)
        Obligation.objects.filter(key__contains=f":{confirmed.pk}:confirm:").delete()
        assert ended() == set()
        clock.move_to(NINE + HOUR)
        assert ended() == {("soon", True)}
        clock.move_to(unconfirmed.starts_at + 24 * HOUR)
        assert ended() == {("soon", True), ("confirm", False)}
