"""The admin finds and shows visits and requests, and changes neither."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.coaching.factories import make_cancelled, make_confirmed, make_request, make_visit

VISITS = reverse("admin:coaching_visit_changelist")
REQUESTS = reverse("admin:coaching_visitrequest_changelist")


def found(client, url, **query):
    return [row.pk for row in client.get(url, query).context["cl"].result_list]


def test_visits_are_found_by_words_and_state(cast, sign_in):
    tentative = make_visit(cast.site, cast.coach)
    confirmed = make_confirmed(cast.other_site, cast.coach)
    cancelled = make_cancelled(cast.site, cast.coach)
    client = sign_in("administrator")
    assert found(client, VISITS, q="Corvane") == [confirmed.pk]
    states = {state: found(client, VISITS, state=state) for state in ("tentative", "confirmed", "cancelled")}
    assert states == {"tentative": [tentative.pk], "confirmed": [confirmed.pk], "cancelled": [cancelled.pk]}


def test_requests_are_found(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent, placed_at=timezone.now())
    make_request(cast.other_site, cast.outsider)
    assert found(sign_in("administrator"), REQUESTS, q="Halden") == [asked.pk]


def test_nothing_is_changed_there(cast, sign_in):
    visit = make_visit(cast.site, cast.coach)
    page = reverse("admin:coaching_visit_change", args=[visit.pk])
    client = sign_in("administrator")
    assert client.get(page).status_code == 200
    assert client.post(page, {"purpose": "Another one."}).status_code == 403


@pytest.mark.parametrize("name", ["staff", "coach", "change_agent"])
def test_it_is_the_administrators(cast, sign_in, name):
    assert sign_in(name).get(VISITS).status_code == 404


def test_the_number_of_queries_does_not_grow(cast, sign_in, django_assert_num_queries):
    client = sign_in("administrator")
    make_visit(cast.site, cast.coach)
    with django_assert_num_queries(4):
        client.get(VISITS)
    for _ in range(3):
        make_visit(cast.site, cast.coach)
    with django_assert_num_queries(4):
        client.get(VISITS)
