"""Lists that would be too long: each goes on over pages, or says what it leaves out and where that stands."""

import datetime as dt

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse

from coaching import agenda, packs, promised
from coaching.models import SheetTouched, VisitRequest
from coaching.views import coaches, preparing, showing
from partners.lib import pages
from tests.a3.factories import make_sheet
from tests.cast import PEOPLE
from tests.coaching.factories import NINE, make_confirmed, make_request, make_visit
from tests.coaching.walks import make_promise, make_question
from tests.factories import make_assignment, make_claim, make_person

COVERAGE, REQUESTS = reverse("coaching:coverage"), reverse("coaching:request_list")
MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def words_of(answer):
    return " ".join(answer.text.split())


@pytest.fixture
def pages_of_two(monkeypatch):
    def two(*args, **kwargs):
        return pages.page_of(*args, **kwargs, size=2)

    monkeypatch.setattr(coaches, "page_of", two)


def test_visits_without_a_coach_go_on_over_pages(cast, sign_in, pages_of_two):
    """Of a limit that goes on below, or was above, nothing is said."""
    visits = [make_visit(cast.site, cast.coach, starts_at=NINE + days * ONE_DAY) for days in (0, 1, 2, 70)]
    client, seen, after = sign_in("staff"), [], ""
    for _ in range(2):
        context = client.get(COVERAGE, {"after": after}).context
        seen.append([(limit, [visit for visit, _, _ in rows]) for limit, rows in context["groups"]])
        after = context["page"].next
    assert seen == [[(30, visits[:2])], [(30, visits[2:3]), (60, []), (90, visits[3:])]]
    assert after == ""


def test_of_requests_it_shows_some_and_names_the_others(cast, sign_in, monkeypatch):
    monkeypatch.setattr(coaches, "REQUESTS", 1)
    first, _second = [make_request(cast.site, cast.change_agent) for _ in range(2)]
    answer = sign_in("staff").get(COVERAGE)
    assert answer.context["requests"] == [first]
    assert f'href="{REQUESTS}" >1 more: all requests</a>' in words_of(answer).replace('"> 1', '" >1')


def test_requests_stand_on_pages_of_fifty(cast, sign_in):
    rows = VisitRequest.objects.bulk_create(
        VisitRequest(
            site=cast.site,
            asked_by=cast.change_agent,
            purpose="See.",
            preferred_from=NINE.date(),
            preferred_to=NINE.date() + number % 7 * ONE_DAY,
        )
        for number in range(60)
    )
    make_request(cast.site, cast.change_agent, placed_at=MONDAY)
    client, seen, after = sign_in("staff"), [], ""
    for _ in range(2):
        page = client.get(REQUESTS, {"after": after}).context["page"]
        seen += [asked.pk for asked in page]
        after = page.next
    assert (len(seen), set(seen), after) == (60, {row.pk for row in rows}, "")


def test_each_person_sees_the_requests_that_they_may_see(cast, sign_in):
    mine = make_request(cast.site, cast.change_agent)
    theirs = make_request(cast.other_site, cast.outsider)
    at_lei, at_partner = ("coach", "staff", "administrator"), ("learner", "change_agent", "sponsor")
    wanted = {name: {mine, theirs} for name in at_lei} | {name: {mine} for name in at_partner} | {"outsider": {theirs}}
    assert {name: set(sign_in(name).get(REQUESTS).context["page"].rows) for name in PEOPLE if name in wanted} == wanted
    assert {*wanted, "nobody"} == set(PEOPLE)


def test_the_list_of_requests_costs_the_same_for_one_and_for_four(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    for more in (1, 3):
        for _ in range(more):
            make_request(cast.site, cast.change_agent)
        with django_assert_max_num_queries(5):
            client.get(REQUESTS)


def test_the_board_names_requests_that_it_has_no_room_for(cast, sign_in, monkeypatch):
    monkeypatch.setattr(showing, "REQUESTS", 2)
    for _ in range(3):
        make_request(cast.site, cast.change_agent)
    board = reverse("coaching:board")
    for name in ("staff", "change_agent"):
        assert f'1 more: <a href="{REQUESTS}">all requests</a>.' in words_of(sign_in(name).get(board))


@pytest.fixture
def crowded(cast, monkeypatch):
    """A visit with two of everything of which one fits."""
    for module, name in (
        (agenda, "MOST"), (promised, "MOST_BEFORE"), (packs, "MOST_SHEETS"), (packs, "MOST_QUESTIONS"),
        (preparing, "SHOWN"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 1)
    earlier = make_confirmed(cast.site, cast.coach, starts_at=NINE - 40 * ONE_DAY)
    visit = make_confirmed(cast.site, cast.coach)
    for number in (1, 2):
        make_promise(earlier, cast.change_agent)
        make_question(earlier)
        sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach, title=f"Sheet {number}")
        SheetTouched.objects.create(visit=visit, sheet=sheet, added_by=cast.coach)
        make_claim(cast.learner, cast.site, days=[30], measured_on=dt.date(2026, 11, 1))
        make_assignment(make_person(f"new{number}"), cast.site, began_on=dt.date(2026, 11, 5))
    return visit


def test_a_pack_says_what_it_leaves_out(cast, crowded):
    pack = packs.pack_of(crowded, cast.change_agent, MONDAY.date())
    entries = [{"sheet": sheet, "page": 3, "failure": ""} for sheet in pack.sheets]
    context = {"pack": pack, "visit": crowded, "reader": cast.change_agent, "on": MONDAY}
    context |= {"entries": entries, "at": "https://x"}
    html = " ".join(render_to_string("coaching/pack_print.html", context).split())
    here = crowded.get_absolute_url()
    promises = reverse("coaching:promise_list", args=[cast.partner.pk])
    for said in (
        f'And 1 more, not printed here: see <a href="https://x{here}">the page of the visit</a>.',
        "And 1 more, open: see <a",
        f"https://x{promises}?state=open",
        "And 1 more, older: see the records of the",
        "And 1 more, due later: see",
        f"?partner={cast.partner.pk}&amp;ball={cast.coach.pk}",
        f"the people of {cast.partner}</a>.",
    ):
        assert said in html


def test_so_does_the_page_of_a_visit(cast, crowded, sign_in):
    client = sign_in("change_agent")
    opens = words_of(client.get(reverse("coaching:visit_agenda", args=[crowded.pk])))
    assert (opens.count("And 1 more"), "all that wait</a>" in opens) == (4, True)
    assert "And 1 more, open, from visits before that" in opens


def test_and_a_sheet_of_its_visits(cast, crowded, sign_in):
    sheet = crowded.touched.first().sheet
    for days in (50, 60):
        earlier = make_confirmed(cast.site, cast.coach, starts_at=NINE - days * ONE_DAY)
        SheetTouched.objects.create(visit=earlier, sheet=sheet, added_by=cast.coach)
    said = words_of(sign_in("coach").get(reverse("coaching:visits_of_sheet", args=[sheet.pk])))
    assert "And 2 before, among" in said
