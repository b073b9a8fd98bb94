"""Steps of plans and checks of measures as what people owe: once, changed with the data, ended with it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from a3 import actions
from a3.contents import changed_sections, content_of
from a3.models import State, StateChange
from a3.naming import with_people
from partners.models import Obligation
from tests.a3.factories import make_figure, make_plan, make_sheet, place, section_of
from tests.factories import make_person

NOW = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)
BY = dt.datetime(2026, 12, 4, 22, tzinfo=dt.UTC)  # 17:00 in New York


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


@pytest.fixture
def plan(sheet, cast):
    figure = make_plan(sheet, cast.learner)
    place(figure, number=6)
    actions.follow_steps(sheet.pk)
    return figure


def open_ones():
    return list(Obligation.objects.open().values_list("person__name", "words", "due_at"))


def saved(figure, cast, **row):
    figure.refresh_from_db()
    first = figure.data["rows"][0] | row
    data = {"options": {}, "rows": [{name: value for name, value in first.items() if value is not None}]}
    actions.save_figure(figure, title="", description="", data=data, revision=figure.revision, by=cast.change_agent)


def test_a_step_is_owed_by_whom_it_names_by_the_evening_of_its_day_at_the_site(plan, cast):
    owed = Obligation.objects.get()
    assert owed.key == f"sheet:{plan.sheet_id}:figure:{plan.pk}:s1"
    assert (owed.person, owed.due_at, owed.asked_by) == (cast.learner, BY, cast.change_agent)
    assert (owed.words, owed.verb) == ("Do “Huddle on all bays” for the A3 “Leave by noon”", "Say it is done")
    assert owed.reminders_at == [BY.replace(day=1, hour=13), BY.replace(hour=13)]


def test_followed_again_nothing_is_touched(plan):
    before = Obligation.objects.values().get()
    actions.follow_steps(plan.sheet_id)
    assert Obligation.objects.values().get() == before


def test_it_follows_the_data(plan, cast):
    saved(plan, cast, until="2026-12-18", who={"person": None, "name": "change agent"})
    assert open_ones() == [("Change Agent", "Do “Huddle on all bays” for the A3 “Leave by noon”", BY.replace(day=18))]
    saved(plan, cast, who={"person": None, "name": "team"})
    assert open_ones() == []
    saved(plan, cast, who={"person": None, "name": "Learner"}, done_on="2026-11-20")
    assert open_ones() == []
    saved(plan, cast, done_on=None)
    assert [name for name, _, _ in open_ones()] == ["Learner"]
    assert Obligation.objects.count() == 1


def test_taken_out_of_the_text_it_is_called_off_and_placed_again_it_is_owed(plan, cast):
    section = section_of(plan.sheet, 6)
    with_it = section.body
    actions.save_section(section.pk, body="", revision=0, by=cast.change_agent)
    assert open_ones() == []
    actions.save_section(section.pk, body=with_it, revision=1, by=cast.change_agent)
    assert len(open_ones()) == 1


def test_a_sheet_that_is_given_up_asks_nobody_any_more(plan, cast):
    change = StateChange(
        sheet=plan.sheet, from_state=State.DRAFT, to_state=State.ABANDONED, reason="No need", lesson="Ask first"
    )
    actions.enter_state(change, by=cast.change_agent)
    assert open_ones() == []


def test_the_person_named_says_that_it_is_done(plan, cast, sign_in):
    url = reverse("a3:step_detail", args=[plan.sheet_id, plan.pk, "s1"])
    client = sign_in("learner")
    assert "Huddle on all bays" in client.get(url).text
    assert open_ones() != []  # looking is not doing
    for _ in range(2):
        assert client.post(url).status_code == 302
    plan.refresh_from_db()
    assert (plan.data["rows"][0]["done_on"], plan.revision, plan.changed_by) == ("2026-11-22", 1, cast.learner)
    assert Obligation.objects.get().settled_at == NOW
    assert sign_in("coach").post(url).status_code == 404
    assert sign_in("learner").get(url.replace("s1", "s2")).status_code == 404


def test_a_check_of_a_measure_is_owed_once_for_each_day(sheet, cast):
    row = {
        "id": "m1",
        "measure": "Order to door",
        "who": {"person": cast.coach.pk, "name": "Coach"},
        "when": "2026-12-04",
    }
    figure = make_figure(sheet, kind="measures", data={"options": {}, "rows": [row]})
    place(figure, number=7)
    actions.follow_steps(sheet.pk)
    assert open_ones() == [("Coach", "Check “Order to door” for the A3 “Leave by noon”", BY)]
    actions.finish_step(figure, "m1", by=cast.coach)
    actions.follow_steps(sheet.pk)
    assert open_ones() == []
    saved(figure, cast, when="2026-12-18")
    assert len(open_ones()) == 1


def test_what_is_done_lapses_no_agreement_and_a_later_day_does(plan, cast):
    sheet = plan.sheet
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    said = content_of(sheet)
    saved(plan, cast, done_on="2026-11-20")
    assert changed_sections(said, content_of(sheet)) == []
    saved(plan, cast, until="2026-12-18")
    assert changed_sections(said, content_of(sheet)) == ["6 Plan"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Learner", "learner"), ("change agent", "change_agent"), ("C. Agent", "change_agent"), ("Coach", "coach"),
     ("team", None), ("Outsider", None), ("J. Twin", None), ("Agent", None), ("", None), (" . ", None)],
)  # fmt: skip
def test_a_name_means_one_person_of_the_sheet_or_its_partner_or_nobody(sheet, cast, name, meant):
    make_person("Jo_Twin", site=cast.site)
    make_person("Jim_Twin", site=cast.site)
    data = {"options": {}, "rows": [{"id": "a", "what": "x", "who": {"person": cast.outsider.pk, "name": name}}]}
    found = with_people(sheet, "plan", data)["rows"][0]["who"]["person"]
    assert found == (cast[meant].pk if meant else None)
