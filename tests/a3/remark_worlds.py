"""Sheets with remarks: answered by what changed since, and made by a reviewer's link."""

from django.utils import timezone

from a3 import actions
from a3.models import Reviewer, Section, Sheet
from a3.passages import Passage
from tests.a3.factories import make_remark, make_reviewer, section_of
from tests.a3.worlds import BODIES, asked_and_answered
from tests.cast import Cast

TOKEN = "t" * 43


def changed_since(cast: Cast) -> Sheet:
    """Handed over twice; since then words, a cell and an item changed, and one remark is answered by that."""
    sheet = asked_and_answered(cast)
    thread = make_remark(sheet, cast.coach, number=1, round_number=sheet.round_number, quote="Beds open")
    new = {
        1: "<p>Beds open <strong>late</strong> on five days of seven: patients wait, and so do their families.</p>",
        3: BODIES[3].replace("17 %", "31 %") + "<ul><li><p>40 % by April</p></li></ul>",
    }
    for number, body in new.items():
        Section.objects.filter(sheet=sheet, type__position=number).update(body=body)
    where = section_of(sheet, 1)
    actions.answer(thread, by=cast.change_agent, section=where, quote="five days of seven", note="Counted again.")
    return sheet


def reviewed(cast: Cast) -> Reviewer:
    """With a reviewer by link, who has remarked on words; the link's token is `TOKEN`."""
    sheet = asked_and_answered(cast)
    reviewer = make_reviewer(sheet, token=TOKEN, note="Can somebody outside follow it?")
    said, passage = "I would not know what late means.", Passage("Beds open late")
    actions.remark_by_link(reviewer, section_of(sheet, 1), kind="observation", text=said, passage=passage)
    make_reviewer(sheet, token="e" * 43, name="Jonas Berg", email="jonas@outside.example", revoked_at=timezone.now())
    return reviewer
