"""Words of the mails about sheets."""

from a3.models import Round, Sheet
from partners.lib.mailing import Words, words_of


def handed_over(frozen: Round, sheet: Sheet) -> Words:
    """Tell who has the ball now that it is their turn, with the note and the questions that wait."""
    questions = sheet.remarks.open().questions().select_related("section__type")
    return words_of(
        "a3/mail/handed_over",
        {
            "sheet": sheet,
            "frozen": frozen,
            "person": frozen.handed_over_to,
            "by": frozen.handed_over_by,
            "questions": list(questions),
            "is_coach": frozen.handed_over_to == sheet.coach,
        },
    )
