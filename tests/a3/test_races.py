"""What happens at the same moment: one save wins, one hand-over counts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from a3 import actions
from a3.models import Round, Section, State, StateChange
from partners.models import Mail, Obligation
from tests.a3.factories import make_agreement, make_sheet, make_talk, section_of
from tests.cast import Cast


@pytest.fixture
def cast(transactional_db):

    return Cast()


def at_once(deed, times):
    """Run deed(i) in that many threads together; returns what each returned or raised."""
    start = threading.Barrier(times)

    def run(i):
        try:
            start.wait(timeout=20)
            return deed(i)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_of_ten_saves_of_one_revision_one_wins(cast):
    section = section_of(make_sheet(cast.change_agent, cast.site), 1)
    found = at_once(
        lambda i: actions.save_section(section.pk, body=f"<p>{i}</p>", revision=0, by=cast.change_agent), 10
    )
    winners = [i for i, result in enumerate(found) if result == 1]
    assert len(winners) == 1
    assert [type(r) for i, r in enumerate(found) if i not in winners] == [actions.Conflict] * 9
    assert Section.objects.get(pk=section.pk).body == f"<p>{winners[0]}</p>"


def test_handed_over_twice_at_once_it_is_handed_over_once(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    found = at_once(lambda _: actions.hand_over(sheet, to=cast.coach, by=cast.change_agent), 4)
    assert sorted(type(result).__name__ for result in found) == ["NotYourBall"] * 3 + ["Round"]
    assert (Round.objects.count(), Mail.objects.count()) == (1, 1)


def test_of_a_taking_back_and_a_hand_over_at_once_one_wins(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, sponsor=cast.sponsor, ball=cast.coach)

    def deed(i):
        if i % 2:
            return actions.take_back(sheet, holder=cast.coach, by=cast.change_agent)
        return actions.hand_over(sheet, to=cast.sponsor, by=cast.coach)

    found = at_once(deed, 4)
    assert sorted(isinstance(result, actions.NotYourBall) for result in found) == [False, True, True, True]
    sheet.refresh_from_db()
    took = sheet.take_backs.exists()
    assert (sheet.ball, sheet.rounds.count()) == ((cast.change_agent, 0) if took else (cast.sponsor, 1))
    assert all("turn" in str(result) for result in found if isinstance(result, actions.NotYourBall))


@pytest.mark.parametrize("_again", range(3))
def test_who_agrees_while_the_owner_writes_agrees_to_what_is_past(cast, _again):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={3: "<p>By noon.</p>"})
    asked, section = make_agreement(sheet), section_of(sheet, 3)

    def deed(i):
        if i:
            return actions.agree(asked, by=cast.coach)
        return actions.save_section(section.pk, body="<p>By one.</p>", revision=0, by=cast.change_agent)

    assert at_once(deed, 2) == [1, None]
    asked.refresh_from_db()
    assert (asked.answer, asked.lapsed_sections) == ("lapsed", ["3 Goal"])


def test_of_two_states_entered_at_once_one_is(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)

    def deed(i):
        state = (State.AGREED, State.ABANDONED)[i % 2]
        change = StateChange(sheet=sheet, from_state=State.DRAFT, to_state=state, reason="x", lesson="y")
        return actions.enter_state(change, by=cast.change_agent)

    found = at_once(deed, 4)
    assert sorted(type(result).__name__ for result in found) == ["StateChange"] + ["StateMoved"] * 3
    sheet.refresh_from_db()
    assert sheet.state == StateChange.objects.get().to_state


def test_asked_about_the_same_sheet_at_once_each_is_asked_once(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    found = at_once(lambda _: actions.ask_to_agree(sheet, people=[cast.coach], by=cast.change_agent), 3)
    assert sorted(len(asked) for asked in found) == [0, 0, 1]
    assert Round.objects.count() == 1


def test_a_time_taken_while_the_talk_is_called_off(cast):
    talk = make_talk(make_sheet(cast.change_agent, cast.site, coach=cast.coach))

    def deed(i):
        if i:
            return actions.accept_time(talk, at=talk.offered_times[0], by=cast.coach)
        return actions.cancel_talk(talk, by=cast.change_agent, words="Ill")

    at_once(deed, 2)
    talk.refresh_from_db()
    told = Mail.objects.filter(calendar_method="CANCEL").count()
    assert (talk.ended_at is not None, told) == (True, 2 if talk.starts_at else 0)
    assert not Obligation.objects.open().filter(key__startswith="talk:").exists()
