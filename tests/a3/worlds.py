"""Sheets as they are met: written on, asked about, handed over."""

from a3 import actions
from a3.models import Sheet, State, StateChange
from tests.a3.factories import make_coach_note, make_remark, make_sheet, make_talk
from tests.cast import Cast

BODIES = {
    1: "<p>Beds open <strong>late</strong>: patients wait.</p>",
    3: "<table><tbody><tr><th>Measure</th><th>Today</th></tr><tr><td>By noon</td><td>17 %</td></tr></tbody></table>",
}


def asked_and_answered(cast: Cast) -> Sheet:
    """With text, an open and an answered question, and two rounds; it is the owner's turn."""
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, sponsor=cast.sponsor, bodies=BODIES)
    make_remark(sheet, cast.coach, number=3)
    actions.answer(make_remark(sheet, cast.coach), by=cast.coach)
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent, note="Look at 4")
    actions.hand_over(sheet, to=cast.change_agent, by=cast.coach)
    return sheet


def talked_over(cast: Cast) -> Sheet:
    """An agreement that lapsed, a not yet and no answer; taken back once, with a talk asked for and a coach's note."""
    sheet = asked_and_answered(cast)
    people = [cast.coach, cast.sponsor, cast.learner]
    asked = actions.ask_to_agree(sheet, people=people, by=cast.change_agent, note="Look at 1: is it the right problem?")
    by_person = {agreement.person: agreement for agreement in asked}
    actions.agree(by_person[cast.coach], by=cast.coach, words="Yes. Go and see it once more on a Saturday.")
    actions.not_yet(by_person[cast.sponsor], by=cast.sponsor, words="By which year do we want this?")
    section = sheet.sections.get(type__position=3)
    actions.save_section(section.pk, body="<p>40 % by April</p>", revision=section.revision, by=cast.change_agent)
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    actions.take_back(sheet, holder=cast.coach, by=cast.change_agent, words="One table is missing.")
    make_talk(sheet, note="Section 5: who signs when the junior is off sick?")
    make_coach_note(sheet)
    sheet.refresh_from_db()
    return sheet


def abandoned(cast: Cast) -> Sheet:
    """Talked over, and then not pursued, with a lesson."""
    sheet = talked_over(cast)
    change = StateChange(
        sheet=sheet,
        from_state=sheet.state,
        to_state=State.ABANDONED,
        reason="The ward moves to another site in June.",
        lesson="Ask about the building plan before measuring for a month.",
    )
    actions.enter_state(change, by=cast.change_agent)
    return sheet
