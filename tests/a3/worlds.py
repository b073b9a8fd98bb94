"""Sheets as they are met: written on, asked about, handed over."""

from a3 import actions
from a3.models import Sheet
from tests.a3.factories import make_remark, make_sheet
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
