"""Who joins a visit is invited, who leaves it has it taken out of their calendar."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from coaching import actions, schedules
from coaching.models import Visit
from coaching.participants import visits_with_others
from coaching.times import Slot
from partners.models import Mail, Obligation, Role
from tests.coaching.factories import NINE, make_request, make_visit
from tests.factories import make_person, make_site

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def confirmed_at(site, cast, **fields) -> Visit:
    visit = make_visit(site, cast.coach, placed_by=cast.staff, **fields)
    actions.confirm(visit, by=cast.coach)
    return actions.confirm(visit, by=cast.change_agent)


@pytest.fixture
def confirmed(cast):
    return confirmed_at(cast.site, cast)


def calendars_of(person) -> list[tuple[str, str, int]]:
    """Which invitations this person got: (method, status, sequence)."""
    texts = Mail.objects.filter(person=person).exclude(calendar="").order_by("pk").values_list("calendar", flat=True)
    read = [Calendar.from_ical(text) for text in texts]
    return [(str(c["method"]), str(e["status"]), int(str(e["sequence"]))) for c in read for e in c.walk("VEVENT")]


def leave(person) -> None:
    person.assignments.update(ended_on=MONDAY.date() - dt.timedelta(days=1))


def test_nobody_hears_anything_while_nobody_joins_or_leaves(cast, confirmed):
    told = Mail.objects.count()
    schedules.update_calendars()
    assert Mail.objects.count() == told
    assert set(confirmed.in_calendars_of.all()) == {cast.coach, cast.change_agent}


def test_a_new_change_agent_is_invited(cast, confirmed):
    anew = make_person("anew", site=cast.site, role=Role.CHANGE_AGENT)
    schedules.update_calendars()
    schedules.update_calendars()
    assert calendars_of(anew) == [("REQUEST", "CONFIRMED", confirmed.sequence + 1)]
    assert Obligation.objects.open().filter(person=anew, key__contains=":soon:").count() == 1
    assert len(calendars_of(cast.coach)) == 1


def test_who_has_left_the_partner_has_it_taken_out(cast, confirmed):
    leave(cast.change_agent)
    schedules.update_calendars()
    schedules.update_calendars()
    assert calendars_of(cast.change_agent)[1:] == [("CANCEL", "CANCELLED", confirmed.sequence + 1)]
    mail = Mail.objects.get(person=cast.change_agent, key__contains=":left:")
    assert mail.subject == "No longer in your calendar: Gemba walk at Halden Valley Health, Riverside"
    assert "09:00" not in mail.text
    assert not Obligation.objects.open().filter(person=cast.change_agent).exists()


def test_whoever_asked_takes_part_while_they_are_at_the_partner(cast):
    visit = confirmed_at(cast.site, cast, request=make_request(cast.site, cast.learner))
    assert calendars_of(cast.learner) == [("REQUEST", "CONFIRMED", visit.sequence)]
    schedules.update_calendars()
    leave(cast.learner)
    schedules.update_calendars()
    assert [method for method, *_ in calendars_of(cast.learner)] == ["REQUEST", "CANCEL"]


def test_who_comes_back_is_invited_with_a_higher_sequence(cast, confirmed):
    leave(cast.change_agent)
    schedules.update_calendars()
    cast.change_agent.assignments.update(ended_on=None)
    schedules.update_calendars()
    sequences = [sequence for *_, sequence in calendars_of(cast.change_agent)]
    assert [method for method, *_ in calendars_of(cast.change_agent)] == ["REQUEST", "CANCEL", "REQUEST"]
    assert sequences == sorted(set(sequences))


def test_cancelling_reaches_also_who_has_left_since(cast, confirmed):
    leave(cast.change_agent)
    actions.cancel(confirmed, by=cast.staff, reason="Flood.")
    assert calendars_of(cast.change_agent)[1:] == [("CANCEL", "CANCELLED", confirmed.sequence + 1)]
    assert not confirmed.in_calendars_of.exists()


def test_a_moved_visit_that_waits_again_asks_the_new_change_agent(cast, confirmed):
    actions.move(confirmed, by=cast.coach, slot=Slot(NINE + 48 * HOUR, NINE + 50 * HOUR, "America/New_York"))
    anew = make_person("anew", site=cast.site, role=Role.CHANGE_AGENT)
    schedules.update_calendars()
    assert calendars_of(anew) == [("REQUEST", "TENTATIVE", confirmed.sequence + 2)]
    assert Obligation.objects.open().filter(person=anew, key__contains=":confirm:").count() == 1
    assert "/coaching/answers/" in Mail.objects.get(person=anew).text


def test_what_was_never_in_a_calendar_or_is_over_is_left_alone(cast, confirmed):
    make_visit(cast.site, cast.coach)
    over = confirmed_at(cast.site, cast, starts_at=MONDAY - 48 * HOUR)
    leave(cast.change_agent)
    assert visits_with_others(MONDAY) == [confirmed.pk]
    assert set(over.in_calendars_of.all()) == {cast.coach, cast.change_agent}


def test_the_sieve_costs_the_same_for_one_and_four(cast, confirmed):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            visits_with_others(MONDAY)
        return len(found)

    one = queries()
    for number in range(1, 4):
        confirmed_at(make_site(cast.partner), cast, starts_at=NINE + 3 * number * HOUR)
    assert (one, queries()) == (5, 5)
