"""What an open board asks for every few seconds: nothing, or the board as it is now."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching import actions
from coaching.models import Leave
from coaching.times import whole_days
from tests.coaching.factories import DAY, NINE, make_confirmed, make_request, make_visit
from tests.factories import make_person

BOARD, NEWS = reverse("coaching:board"), reverse("coaching:board_news")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def place(cast):
    make_visit(cast.site, cast.coach)


def move(cast):
    slot = whole_days(DAY, DAY, cast.site.tzinfo)
    actions.move(cast.visit, by=cast.staff, slot=slot, reason="They asked for it.")


def cancel(cast):
    actions.cancel(cast.visit, by=cast.staff, reason="Audit.")


def ask(cast):
    make_request(cast.site, cast.change_agent)


def amend(cast):
    actions.amend(cast.request, by=cast.change_agent, purpose="Something else.")


def go_on_leave(cast):
    span = {"starts_at": NINE + dt.timedelta(days=3), "ends_at": NINE + dt.timedelta(days=4), "zone": "UTC"}
    Leave.objects.create(coach=cast.coach, added_by=cast.staff, **span)


def look(client, query):
    """What the page says of itself, sent as its script sends it."""
    page = client.get(BOARD, query).context
    rows = ",".join(str(row.of.pk) for row in page["board"].rows)
    return query | {"version": page["version"], "rows": rows}


@pytest.mark.parametrize("query", [{}, {"by": "partner"}, {"range": "month"}, {"range": "quarter"}])
@pytest.mark.parametrize("person", ["staff", "learner"])
def test_nothing_comes_while_nothing_changes(cast, sign_in, query, person):
    make_confirmed(cast.site, cast.coach)
    make_request(cast.site, cast.change_agent)
    go_on_leave(cast)
    client = sign_in(person)
    seen = look(client, query)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(NEWS, seen, headers=HTMX)
    assert (answer.status_code, answer.content, len(queries)) == (204, b"", 3)


@pytest.mark.parametrize("deed", [place, move, cancel, ask, amend, go_on_leave])
def test_the_board_comes_when_somebody_has_changed_it(cast, sign_in, deed):
    cast.visit = make_visit(cast.site, cast.coach, starts_at=NINE + dt.timedelta(days=1))
    cast.request = make_request(cast.site, cast.change_agent)
    client = sign_in("staff")
    seen = look(client, {})
    deed(cast)
    answer = client.get(NEWS, seen, headers=HTMX)
    assert (answer.status_code, 'id="plan"' in answer.content.decode()) == (200, True)
    assert client.get(NEWS, look(client, {}), headers=HTMX).status_code == 204


def test_what_is_not_on_this_board_is_no_news(cast, sign_in):
    client = sign_in("learner")
    seen = look(client, {})
    make_visit(cast.other_site, make_person(is_coach=True))
    make_request(cast.other_site, cast.outsider)
    go_on_leave(cast)
    assert client.get(NEWS, seen, headers=HTMX).status_code == 204


@pytest.mark.parametrize("rows", ["", "x,1", "9" * 40, ",".join("1" * 500), "\x00", "-1", "²"])
def test_rubbish_for_rows_does_no_harm(cast, sign_in, rows):
    assert sign_in("staff").get(NEWS, {"rows": rows, "version": "x"}, headers=HTMX).status_code == 200
