"""The list of sheets: who sees what under which filter, in pages, at the same cost for one row and for many."""

import pytest
from django.urls import reverse
from django.utils import timezone

from a3.models import State
from tests.a3.factories import make_sheet

URL = reverse("a3:sheet_list")
QUERIES = 3  # session, person, sheets


@pytest.fixture
def sheets(cast):
    make_sheet(cast.change_agent, cast.site, title="Mine, my turn")
    make_sheet(cast.change_agent, cast.site, title="Mine, coach's turn", coach=cast.coach, ball=cast.coach)
    make_sheet(cast.learner, cast.site, title="Learner's", state=State.IN_COACHING)
    make_sheet(cast.outsider, cast.other_site, title="Theirs")


def titles(answer):
    return {sheet.title for sheet in answer.context["page"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Mine, my turn", "Mine, coach's turn", "Learner's"}),
        ({"show": "mine"}, {"Mine, my turn", "Mine, coach's turn"}),
        ({"show": "turn"}, {"Mine, my turn"}),
        ({"state": "in_coaching"}, {"Learner's"}),
        ({"show": "mine", "state": "in_coaching"}, set()),
        (
            {"site": "nonsense", "state": "x", "show": "y\x00", "after": "z"},
            {"Mine, my turn", "Mine, coach's turn", "Learner's"},
        ),
        ({"site": "9" * 30}, {"Mine, my turn", "Mine, coach's turn", "Learner's"}),
    ],
)
def test_filters(cast, sheets, sign_in, query, expected):
    assert titles(sign_in("change_agent").get(URL, query)) == expected


def test_by_site(cast, sheets, sign_in):
    assert len(titles(sign_in("change_agent").get(URL, {"site": cast.site.pk}))) == 3
    page = sign_in("change_agent").get(URL, {"site": cast.other_site.pk})  # not theirs: as if it were not there
    assert "Wichita" not in page.text


def test_a_coach_sees_what_they_are_named_on(cast, sheets, sign_in):
    assert titles(sign_in("coach").get(URL)) == {"Mine, coach's turn"}


@pytest.mark.parametrize("rows", [1, 4])
def test_costs_the_same_for_any_number_of_rows(cast, sign_in, django_assert_num_queries, rows):
    for _ in range(rows):
        make_sheet(cast.learner, cast.site, coach=cast.coach, ball=cast.coach)
    client = sign_in("change_agent")
    with django_assert_num_queries(QUERIES):
        client.get(URL)


def test_pages_go_on_where_the_last_ended(cast, sign_in):
    now = timezone.now()
    made = [make_sheet(cast.learner, cast.site, title=str(n), updated_at=now) for n in range(53)]
    client = sign_in("learner")
    first = client.get(URL)
    second = client.get(URL, {"after": first.context["page"].next})
    assert len(first.context["page"]) == 50
    assert titles(first) | titles(second) == {sheet.title for sheet in made}
    assert second.context["page"].next == ""


def test_an_empty_list_says_what_comes_here(cast, sign_in):
    assert "Start an A3" in sign_in("learner").get(URL).text
    assert "Here you will find the sheets you coach" in sign_in("coach").get(URL).text
    assert "No sheet fits these filters" in sign_in("learner").get(URL, {"show": "mine"}).text
