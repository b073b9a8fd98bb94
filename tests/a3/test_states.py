"""States: entered by an act with a reason, kept in the history, and never by saving."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from a3 import actions
from a3.models import Sheet, State, StateChange
from partners.models import Mail
from tests.a3.factories import make_sheet, section_of


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def change(sheet, to, **fields):
    given = {"from_state": sheet.state, "to_state": to, "reason": "Tried on two wards."} | fields
    return StateChange(sheet=sheet, **given)


def test_it_is_known_who_when_from_what_and_why(sheet, cast):
    made = actions.enter_state(change(sheet, State.IN_TRIAL), by=cast.change_agent)
    sheet.refresh_from_db()
    assert (sheet.state, made.made_by, made.from_state, made.reason) == (
        State.IN_TRIAL,
        cast.change_agent,
        State.DRAFT,
        "Tried on two wards.",
    )


def test_the_others_named_on_the_sheet_are_told(sheet, cast):
    actions.enter_state(change(sheet, State.ABANDONED, lesson="Ask the night shift first."), by=cast.change_agent)
    mail = Mail.objects.get()
    assert (mail.person, mail.subject) == (cast.coach, "Abandoned: Leave by noon")
    for part in (mail.text, mail.html):
        assert "Tried on two wards." in part
        assert "Ask the night shift first." in part


def test_reopening_is_normal(sheet, cast):
    for state in (State.STANDARDISED, State.SLIPPED, State.IN_COACHING, State.DRAFT):
        sheet.refresh_from_db()
        actions.enter_state(change(sheet, state), by=cast.coach)
    assert [row.to_state for row in sheet.state_changes.all()] == ["draft", "in_coaching", "slipped", "standardised"]


def test_a_state_left_meanwhile_is_a_sentence(sheet, cast):
    actions.enter_state(change(sheet, State.AGREED), by=cast.change_agent)
    with pytest.raises(actions.StateMoved, match="entered “Agreed” in the meantime"):
        actions.enter_state(change(sheet, State.CHECKED), by=cast.coach)


def test_asking_the_coach_enters_in_coaching_from_a_draft_only(sheet, cast):
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    assert [(c.to_state, c.reason) for c in sheet.state_changes.all()] == [
        ("in_coaching", "Asked Coach for coaching."),
    ]
    Sheet.objects.update(state=State.IN_TRIAL)
    actions.hand_over(sheet, to=cast.change_agent, by=cast.coach)
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    assert (Sheet.objects.get().state, sheet.state_changes.count()) == (State.IN_TRIAL, 1)


@pytest.mark.parametrize("state", State.values)
def test_saving_enters_no_state(sheet, cast, state):
    Sheet.objects.update(state=state)
    actions.save_section(section_of(sheet, 1).pk, body="<p>x</p>", revision=0, by=cast.change_agent)
    assert (Sheet.objects.get().state, StateChange.objects.count()) == (state, 0)


@pytest.mark.parametrize(
    "fields",
    [{"reason": ""}, {"to_state": State.DRAFT}, {"to_state": "gone"}, {"to_state": State.ABANDONED, "lesson": ""}],
)
def test_the_database_refuses_what_says_too_little(sheet, cast, fields):
    row = change(sheet, **({"to": State.AGREED} | {"to" if k == "to_state" else k: v for k, v in fields.items()}))
    row.made_by = cast.change_agent
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_history_is_never_changed(sheet, cast):
    made = actions.enter_state(change(sheet, State.AGREED), by=cast.change_agent)
    for deed in (lambda: StateChange.objects.update(reason="x"), made.delete):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            deed()
