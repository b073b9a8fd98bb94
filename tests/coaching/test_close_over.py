"""What is owed for a visit does not outlive it."""

import datetime as dt

import pytest
import time_machine

from coaching import actions, schedules
from coaching.actions import telling
from partners.models import Obligation
from tests.coaching.factories import NINE, make_visit

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def open_at(moment: dt.datetime) -> list[str]:
    with time_machine.travel(moment, tick=False):
        schedules.close_over()
    return sorted(Obligation.objects.open().values_list("key", flat=True))


@pytest.fixture
def confirmed(cast):
    with time_machine.travel(NINE - dt.timedelta(days=9), tick=False):
        visit = make_visit(cast.site, cast.coach, placed_by=cast.staff)
        visit = actions.confirm(visit, by=cast.coach)
        return actions.confirm(visit, by=cast.change_agent)


def test_being_there_is_settled_when_the_visit_is_over(confirmed):
    before = open_at(confirmed.ends_at - HOUR)
    assert before
    assert all(":soon:" in key for key in before)
    assert open_at(confirmed.ends_at) == []
    assert not Obligation.objects.filter(settled_at__isnull=True).filter(key__contains=":soon:").exists()


def test_confirming_is_called_off_a_day_after_the_visit_began(cast):
    with time_machine.travel(NINE - dt.timedelta(days=9), tick=False):
        visit = make_visit(cast.site, cast.coach, placed_by=cast.staff)
        telling.owe_confirmation(visit)
    assert len(open_at(visit.starts_at + HOUR)) == 2
    assert open_at(visit.starts_at + 25 * HOUR) == []
