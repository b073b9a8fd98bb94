"""The list of sheets: who sees what under which filter, in pages, at the same cost for one row and for many."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from a3 import actions
from a3.filtering import narrowed
from a3.models import Sheet, State
from tests.a3.factories import make_sheet
from tests.factories import make_assignment

URL = reverse("a3:sheet_list")
QUERIES = 5  # session, person, their partner, kept lists, sheets


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


def test_filters_combine_and_hostile_ones_are_left_out_with_words(cast, sheets, sign_in):
    client = sign_in("change_agent")
    coachs = {"ball": cast.coach.pk, "coach": cast.coach.pk, "owner": cast.change_agent.pk, "level": 3}
    assert titles(client.get(URL, coachs | {"partner": cast.partner.pk})) == {"Mine, coach's turn"}
    assert titles(client.get(URL, coachs | {"level": 1})) == set()
    assert titles(client.get(URL, {"level": 1, "site": cast.site.pk})) == {"Learner's"}
    page = client.get(URL, {"owner": cast.outsider.pk, "level": "x", "partner": cast.elsewhere.pk})
    assert "was left out:\n                partner, owner&#x27;s level, owner." in page.text
    assert len(titles(page)) == 3
    assert "Outsider" not in page.text


def test_held_for_long(cast, sheets, sign_in):
    Sheet.objects.filter(title="Learner's").update(ball_since=timezone.now() - dt.timedelta(days=4))
    assert titles(sign_in("change_agent").get(URL, {"stale": "on"})) == {"Learner's"}


def test_the_archive_is_shown_only_when_asked_for(cast, sheets, sign_in):
    actions.archive(Sheet.objects.get(title="Learner's"), by=cast.learner)
    client = sign_in("change_agent")
    assert titles(client.get(URL)) == {"Mine, my turn", "Mine, coach's turn"}
    assert titles(client.get(URL, {"archived": "on"})) == {"Learner's"}


def test_choices_are_what_this_person_may_see(cast, sheets, sign_in):
    form = sign_in("change_agent").get(URL, {"choose": 1}).context["form"]
    assert "partner" not in form.fields
    assert list(form.fields["site"].queryset) == [cast.site]
    assert set(form.fields["owner"].queryset) == {cast.change_agent, cast.learner}
    assert set(form.fields["coach"].queryset) == {cast.coach}
    make_sheet(cast.outsider, cast.other_site, coach=cast.coach, title="Also theirs")
    form = sign_in("staff").get(URL, {"choose": 1}).context["form"]
    assert set(form.fields) == {"show", "partner", "level", "state", "stale", "archived"}
    form = sign_in("staff").get(URL, {"choose": 1, "partner": cast.elsewhere.pk}).context["form"]
    assert list(form.fields["owner"].queryset) == []  # nothing there is shared with LEI


@pytest.mark.parametrize(
    "query",
    [{}, {"partner": 1}, {"site": 1}, {"owner": 1}, {"coach": 1}, {"ball": 1}, {"state": "draft"}, {"archived": True}],
)
def test_no_filter_reads_all_sheets(cast, sheets, query):
    known = {"partner": cast.partner, "site": cast.site, "owner": cast.learner, "coach": cast.coach, "ball": cast.coach}
    chosen = {name: known.get(name, value) for name, value in query.items()}
    rows = narrowed(Sheet.objects.visible_to(cast.staff), chosen, reader=cast.staff, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.order_by("-updated_at", "-pk")[:51].explain()
    assert "Seq Scan on a3_sheet" not in plan


def test_whoever_works_at_two_partners_sees_the_sheets_of_both(cast, sheets, sign_in):
    make_assignment(cast.change_agent, cast.other_site)
    client = sign_in("change_agent")
    ours = {"Mine, my turn", "Mine, coach's turn", "Learner's"}
    assert titles(client.get(URL)) == ours | {"Theirs"}
    assert titles(client.get(URL, {"site": cast.site.pk})) == ours
    assert titles(client.get(URL, {"site": cast.other_site.pk})) == {"Theirs"}


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
