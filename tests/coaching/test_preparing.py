"""A visit before it begins: what it opens with, what is prepared, which sheets it is about; and the year's list."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from coaching import actions
from coaching.agenda import agenda_of
from coaching.models import Preparation, SheetTouched
from partners.models import Level, Role
from tests.a3.factories import make_sheet
from tests.cast import PEOPLE
from tests.coaching.factories import NINE, make_confirmed, make_visit
from tests.factories import make_assignment, make_claim, make_person

LIST = reverse("coaching:visit_list")


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def test_the_agenda_holds_balls_checks_and_new_people_of_this_partner(cast, visit):
    ours = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach)
    make_sheet(cast.outsider, cast.other_site, coach=cast.coach, ball=cast.coach)
    claim = make_claim(cast.learner, cast.site, days=[30], measured_on=dt.date(2026, 11, 1))
    make_claim(cast.outsider, cast.other_site, days=[30], measured_on=dt.date(2026, 11, 1))
    newcomer = make_assignment(
        make_person("new"), cast.site, began_on=dt.date(2026, 10, 5), role=Role.LEARNER, level=Level.MIDDLE
    )
    agenda = agenda_of(visit, cast.change_agent)
    assert (agenda.balls, [check.claim for check in agenda.checks], agenda.newcomers) == ([ours], [claim], [newcomer])


def test_who_came_before_the_last_visit_is_not_new(cast, visit):
    make_confirmed(cast.site, cast.coach, starts_at=NINE - dt.timedelta(days=30))
    make_assignment(make_person("new"), cast.site, began_on=dt.date(2026, 10, 5))
    assert agenda_of(visit, cast.change_agent).is_empty


@time_machine.travel(NINE, tick=False)
def test_the_agenda_shows_each_reader_only_what_they_may_see(cast, visit, sign_in):
    make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach, title="Own partner only")
    words = {
        name: "Own partner only" in sign_in(name).get(url("visit_agenda", visit)).content.decode()
        for name in ("learner", "coach", "staff")
    }
    assert words == {"learner": True, "coach": True, "staff": False}


def test_a_visit_that_is_over_opened_with_promises_and_nothing_that_waits_today(cast, visit, sign_in):
    make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach)
    with time_machine.travel(visit.ends_at, tick=False):
        context = sign_in("learner").get(url("visit_agenda", visit)).context
        assert ("before" in context, "agenda" in context) == (True, False)
        page = sign_in("learner").get(visit.get_absolute_url()).text
        assert page.index('id="h-opens">What the visit opened with') > page.index("Open the record of this visit")


def test_preparing_keeps_ticks_and_what_the_other_side_does_not_see(cast, visit, sign_in):
    hidden = make_sheet(cast.change_agent, cast.site)
    SheetTouched.objects.create(visit=visit, sheet=hidden, added_by=cast.change_agent)
    actions.prepare(visit, by=cast.change_agent, logistics="", others="", sheets=[hidden], lines=["Data", "Room"])
    actions.tick(visit.preparations.get(words="Data"), by=cast.learner, is_done=True)
    client = sign_in("staff")
    client.post(url("visit_prepare", visit), {"logistics": "Gate 2", "lines": "Data\r\n  Shoes \r\n\r\nData"})
    visit.refresh_from_db()
    assert visit.logistics == "Gate 2"
    assert list(visit.preparations.values_list("words", "done_by")) == [("Data", cast.learner.pk), ("Shoes", None)]
    assert [row.sheet for row in visit.touched.all()] == [hidden]


def test_a_line_is_ticked_and_unticked_and_twice_is_no_error(cast, visit, sign_in):
    actions.prepare(visit, by=cast.staff, logistics="", others="", sheets=[], lines=["Data"])
    line, client = visit.preparations.get(), sign_in("change_agent")
    for done, expected in (("1", cast.change_agent), ("1", cast.change_agent), ("0", None)):
        client.post(url("preparation_tick", line), {"done": done})
        line.refresh_from_db()
        assert line.done_by == expected


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("\n".join(map(str, range(31))), "At most 30 lines: leave the small ones to the host."),
        (
            "x" * 201,
            "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is longer than 200 characters: split it in two lines.",
        ),
    ],
    ids=["many", "long"],
)
def test_too_much_is_said_beside_its_field(visit, sign_in, lines, words):
    answer = sign_in("staff").post(url("visit_prepare", visit), {"lines": lines})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"lines": [words]})


def test_a_sheet_shows_its_visits_to_who_sees_both(cast, visit, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site, audience="lei")
    actions.prepare(visit, by=cast.change_agent, logistics="", others="", sheets=[sheet], lines=[])
    assert [row[0] for row in sign_in("learner").get(url("visits_of_sheet", sheet)).context["visits"]] == [visit]
    seen = {
        name: SheetTouched.objects.visible_to(AnonymousUser() if name == "nobody" else cast[name]).count()
        for name in PEOPLE
    }
    assert seen == dict.fromkeys(PEOPLE, 1) | {"nobody": 0, "outsider": 0}


def test_preparations_are_seen_and_changed_by_those_of_the_visit(cast, visit):
    actions.prepare(visit, by=cast.staff, logistics="", others="", sheets=[], lines=["Data"])
    seen = {
        name: tuple(
            getattr(Preparation.objects, scope)(AnonymousUser() if name == "nobody" else cast[name]).count()
            for scope in ("visible_to", "editable_by")
        )
        for name in PEOPLE
    }
    may = dict.fromkeys(("change_agent", "coach", "staff"), (1, 1))
    assert seen == dict.fromkeys(PEOPLE, (1, 0)) | {"nobody": (0, 0), "outsider": (0, 0)} | may


def test_the_visits_of_a_year_and_of_a_partner(cast, sign_in, visit):
    theirs = make_visit(cast.other_site, cast.coach)
    make_visit(cast.site, cast.coach, starts_at=NINE - dt.timedelta(days=400))
    rows = {
        (name, tuple(query.items())): [
            row[0] for row in sign_in(name).get(LIST, {"year": "2026"} | query).context["rows"]
        ]
        for name, query in (("staff", {}), ("staff", {"partner": cast.partner.pk}), ("outsider", {}))
    }
    assert list(rows.values()) == [[visit, theirs], [visit], [theirs]]
    assert sign_in("outsider").get(LIST, {"partner": cast.partner.pk}).status_code == 404


@pytest.mark.parametrize("year", ["x", "99999", "9999", "²²²²", "\x00"])
def test_an_odd_year_is_this_one(sign_in, year):
    assert sign_in("staff").get(LIST, {"year": year}).status_code == 200


def test_the_list_costs_the_same_for_one_and_four_rows(cast, sign_in, django_assert_max_num_queries):
    client = sign_in("staff")
    for visits in (1, 3):
        for number in range(visits):
            make_visit(cast.site, cast.coach, starts_at=NINE + dt.timedelta(days=visits + number))
        with django_assert_max_num_queries(5):
            client.get(LIST, {"year": "2026"})
