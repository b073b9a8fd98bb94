"""Which sheets each person of the cast sees, edits, holds and may remark on: exact sets."""

import pytest
from django.contrib.auth.models import AnonymousUser

from a3.models import Agreement, Audience, Figure, Remark, Round, Section, Sheet, SheetType, StateChange, TakeBack, Talk
from tests.a3.factories import make_agreement, make_figure, make_remark, make_round, make_sheet, make_talk, section_of
from tests.cast import PEOPLE

OURS = {"ours", "ours for lei", "learner's"}


@pytest.fixture
def sheets(cast):
    """Sheets of two partners, for two audiences; one at the other partner is coached by our coach."""
    make_sheet(cast.change_agent, cast.site, title="ours")
    make_sheet(cast.change_agent, cast.site, title="ours for lei", audience=Audience.LEI)
    make_sheet(cast.learner, cast.site, title="learner's", coach=cast.coach, ball=cast.coach)
    make_sheet(cast.outsider, cast.other_site, title="theirs")
    make_sheet(cast.outsider, cast.other_site, title="theirs for lei", audience=Audience.LEI)
    make_sheet(cast.outsider, cast.other_site, title="theirs coached", coach=cast.coach, sponsor=cast.staff)


def titles(sheets):
    return sorted(sheets.values_list("title", flat=True))


def seen(cast, scope):
    return {name: set(titles(scope(cast[name]))) for name in PEOPLE if name != "nobody"}


def test_visible_to(cast, sheets):
    assert seen(cast, Sheet.objects.visible_to) == {
        "outsider": {"theirs", "theirs for lei", "theirs coached"},
        "learner": OURS,
        "change_agent": OURS,
        "sponsor": OURS,
        "coach": {"ours for lei", "learner's", "theirs coached"},
        "staff": {"ours for lei", "theirs for lei", "theirs coached"},
        "administrator": {"ours for lei", "theirs for lei"},
    }


def test_editable_by(cast, sheets):
    assert seen(cast, Sheet.objects.editable_by) == {
        "outsider": {"theirs", "theirs for lei", "theirs coached"},
        "learner": {"learner's"},
        "change_agent": {"ours", "ours for lei"},
        "sponsor": set(),
        "coach": set(),
        "staff": set(),
        "administrator": set(),
    }


def test_remarkable_by(cast, sheets):
    assert seen(cast, Sheet.objects.remarkable_by) == {
        "outsider": {"theirs", "theirs for lei", "theirs coached"},
        "learner": {"learner's"},
        "change_agent": OURS,
        "sponsor": set(),
        "coach": {"ours for lei", "learner's", "theirs coached"},
        "staff": {"ours for lei", "theirs for lei", "theirs coached"},
        "administrator": {"ours for lei", "theirs for lei"},
    }


def test_steerable_by(cast, sheets):
    assert seen(cast, Sheet.objects.steerable_by) == {
        "outsider": {"theirs", "theirs for lei", "theirs coached"},
        "learner": {"learner's"},
        "change_agent": {"ours", "ours for lei"},
        "sponsor": set(),
        "coach": {"learner's", "theirs coached"},
        "staff": set(),
        "administrator": set(),
    }


def test_held_by(cast, sheets):
    assert seen(cast, Sheet.objects.held_by) == {
        "outsider": {"theirs", "theirs for lei", "theirs coached"},
        "learner": set(),
        "change_agent": {"ours", "ours for lei"},
        "sponsor": set(),
        "coach": {"learner's"},
        "staff": set(),
        "administrator": set(),
    }


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "nobody"])
def test_rights_that_travel_with_the_row_are_those_of_the_scopes(name, cast, sheets):
    person = cast[name]
    rows = Sheet.objects.visible_to(person).with_rights_of(person)
    assert {s.title for s in rows if s.may_edit} == set(titles(Sheet.objects.editable_by(person)))
    assert {s.title for s in rows if s.may_remark} == set(titles(Sheet.objects.remarkable_by(person)))
    assert {s.title for s in rows if s.may_steer} == set(titles(Sheet.objects.steerable_by(person)))
    assert {s.title for s in rows if s.may_hand_over} == set(titles(Sheet.objects.held_by(person)))


def test_nobody_sees_nothing(cast, sheets):

    nobody = AnonymousUser()
    for model in (Sheet, Section, Figure, Remark, Round, SheetType, StateChange, TakeBack, Agreement, Talk):
        assert list(model.objects.visible_to(nobody)) == []


def test_what_stands_on_a_sheet_is_seen_by_those_who_see_the_sheet(cast, sheets):
    for sheet in Sheet.objects.all():
        make_remark(sheet, sheet.owner)
        make_figure(sheet)
    for name in PEOPLE[1:]:
        visible = set(Sheet.objects.visible_to(cast[name]))
        assert {s.sheet for s in Section.objects.visible_to(cast[name]).select_related("sheet")} == visible
        assert {f.sheet for f in Figure.objects.visible_to(cast[name]).select_related("sheet")} == visible
        assert {r.sheet for r in Remark.objects.visible_to(cast[name]).select_related("sheet")} == visible


def test_a_person_who_left_the_partner_sees_and_edits_nothing_there_any_more(cast, sheets):
    assert titles(Sheet.objects.editable_by(cast.learner)) == ["learner's"]
    cast.learner.assignments.update(ended_on="2022-01-01")
    assert titles(Sheet.objects.visible_to(cast.learner)) == []
    assert titles(Sheet.objects.editable_by(cast.learner)) == []


def test_sections_are_edited_by_the_owner_only(cast, sheets):
    section = section_of(Sheet.objects.get(title="ours"), 1)
    assert [n for n in PEOPLE[1:] if section in Section.objects.editable_by(cast[n])] == ["change_agent"]


def test_states_returns_and_agreements_are_seen_by_those_who_see_the_sheet(cast, sheets):
    for sheet in Sheet.objects.all():
        StateChange.objects.create(sheet=sheet, from_state="draft", to_state="agreed", reason="x", made_by=sheet.owner)
        TakeBack.objects.create(sheet=sheet, taken_from=sheet.ball, taken_by=sheet.owner)
        frozen = make_round(sheet, to=sheet.owner)
        Agreement.objects.create(sheet=sheet, round=frozen, person=cast.sponsor, asked_by=sheet.owner)
    for name in PEOPLE[1:]:
        visible = set(Sheet.objects.visible_to(cast[name]))
        for model in (StateChange, TakeBack, Agreement):
            assert {row.sheet for row in model.objects.visible_to(cast[name]).select_related("sheet")} == visible


def test_only_who_is_asked_answers_and_only_the_two_see_their_talk(cast, sheets):
    sheet = Sheet.objects.get(title="learner's")
    agreement, talk = make_agreement(sheet, cast.sponsor), make_talk(sheet)
    answering = [name for name in PEOPLE[1:] if agreement in Agreement.objects.answerable_by(cast[name])]
    talking = [name for name in PEOPLE[1:] if talk in Talk.objects.visible_to(cast[name])]
    assert (answering, talking) == (["sponsor"], ["learner", "coach"])
    cast.learner.assignments.update(ended_on="2022-01-01")
    assert list(Talk.objects.visible_to(cast.learner)) == []


def test_figures_are_changed_by_the_owner_only(cast, sheets):
    figure = make_figure(Sheet.objects.get(title="ours"))
    assert [n for n in PEOPLE[1:] if figure in Figure.objects.editable_by(cast[n])] == ["change_agent"]
    assert list(Figure.objects.editable_by(AnonymousUser())) == []
