"""Words of the mails about sheets."""

from a3 import clocks
from a3.models import Agreement, Remark, Reviewer, Round, Sheet, StateChange, TakeBack, Talk
from partners.lib.mailing import Words, words_of
from partners.models import Person


def handed_over(frozen: Round, sheet: Sheet, to: Person) -> Words:
    """Tell who has the ball now that it is their turn, with the note and the questions that wait."""
    questions = sheet.remarks.open().questions().select_related("section__type")
    return words_of(
        "a3/mail/handed_over",
        {
            "sheet": sheet,
            "frozen": frozen,
            "person": to,
            "by": frozen.handed_over_by,
            "questions": list(questions),
            "is_coach": to == sheet.coach,
        },
    )


def taken_back(taken: TakeBack, sheet: Sheet) -> Words:
    """Tell who held the ball that it is not their turn any more."""
    return _about("taken_back", sheet, taken.taken_from, by=taken.taken_by, words=taken.words)


def state_entered(change: StateChange, sheet: Sheet, to: Person) -> Words:
    """Tell the others named on a sheet which state it entered, and why."""
    return _about("state_entered", sheet, to, by=change.made_by, words=change.reason, change=change)


def agreement_asked(agreement: Agreement, sheet: Sheet) -> Words:
    """Ask somebody whether they agree."""
    return _about(
        "agreement_asked", sheet, agreement.person, by=agreement.asked_by, words=agreement.note, agreement=agreement
    )


def agreement_not_yet(agreement: Agreement, sheet: Sheet) -> Words:
    """Tell the owner what is missing before somebody agrees."""
    return _about(
        "agreement_not_yet", sheet, sheet.owner, by=agreement.person, words=agreement.words, agreement=agreement
    )


def agreement_complete(agreement: Agreement, sheet: Sheet) -> Words:
    """Tell the owner that nobody's agreement is missing any more."""
    return _about(
        "agreement_complete", sheet, sheet.owner, by=agreement.person, words=agreement.words, agreement=agreement
    )


def talk(found: Talk, to: Person, *, deed: str) -> Words:
    """Tell one of the two what the other did: asked, offered, agreed, declined or cancelled."""
    other = found.other(to)
    said = {"asked": found.note, "offered": found.note, "declined": found.end_words, "cancelled": found.end_words}
    return _about(
        f"talk_{deed}",
        found.sheet,
        to,
        by=other,
        words=said.get(deed, ""),
        writer=found.ended_by if deed == "cancelled" else other,
        talk=found,
        times=[clocks.words_for(at, to, other) for at in found.offered_times],
        when=clocks.words_for(found.starts_at, to, other) if found.starts_at else "",
    )


def reviewer_asked(reviewer: Reviewer, link: str) -> Words:
    """Ask somebody without an account to look at a sheet, by their own link."""
    return words_of("a3/mail/reviewer_asked", {"reviewer": reviewer, "sheet": reviewer.sheet, "link": link})


def reviewer_remarked(reviewer: Reviewer, made: Remark) -> Words:
    """Tell the owner what came in by a link."""
    sheet = reviewer.sheet
    more = {"reviewer": reviewer, "remark": made, "thread_pk": made.parent_id or made.pk}
    return _about("reviewer_remarked", sheet, sheet.owner, by=reviewer.asked_by, words="", **more)


def _about(name: str, sheet: Sheet, to: Person, *, by: Person, words: str, **more: object) -> Words:
    return words_of(f"a3/mail/{name}", {"sheet": sheet, "person": to, "by": by, "writer": by, "words": words} | more)
