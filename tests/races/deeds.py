"""Everything that one does to a sheet, as those who opened its page a moment ago do it; see test_deeds.py."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from a3 import actions
from a3.actions.agreements import owe_answers
from a3.models import Agreement, Figure, Remark, Reviewer, Section, Sheet, State, StateChange, Talk
from a3.retyping import token
from partners.models import Claim, Person
from tests.a3.factories import (
    make_figure,
    make_plan,
    make_remark,
    make_reviewer,
    make_round,
    make_sheet,
    make_talk,
    place,
    section_of,
    sheet_type,
)
from tests.cast import Cast
from tests.factories import make_person

# What a loser is told: a sentence, or that the page is not theirs any more.
REFUSALS = (
    actions.ArchivedAlready,
    actions.CannotRetype,
    actions.CannotTalk,
    actions.Conflict,
    actions.FigureConflict,
    actions.LinkOver,
    actions.NotAsSeen,
    actions.NotAsked,
    actions.NotBelow,
    actions.NotNamed,
    actions.NotReader,
    actions.NotYourBall,
    actions.StateMoved,
    actions.TalkChanged,
    Section.DoesNotExist,
)


@dataclass
class Opened:
    """A sheet of somebody at the site with all that can stand on it, as its pages showed it."""

    cast: Cast
    owner: Person
    sheet: Sheet
    section: Section
    plan: Figure
    chart: Figure
    question: Remark
    answered: Remark
    asked: Agreement
    talk: Talk
    reviewer: Reviewer
    above: Sheet
    seen: str


def opened(cast: Cast, *, token_of_link: str) -> Opened:
    owner = make_person(site=cast.site)
    above = make_sheet(owner, cast.site, title="Beds by noon")
    bodies = {1: "<p>Late</p>", 2: "<p>Why</p>"}
    sheet = make_sheet(owner, cast.site, coach=cast.coach, sponsor=cast.sponsor, bodies=bodies)
    plan = make_plan(sheet, cast.learner)
    place(plan, number=6)
    actions.follow_steps(sheet.pk)
    answered = make_remark(sheet, cast.coach, number=3)
    actions.answer(answered, by=owner)
    asked = _asked(sheet, cast.sponsor)
    sheet = Sheet.objects.with_people().get(pk=sheet.pk)
    return Opened(
        cast=cast,
        owner=owner,
        sheet=sheet,
        section=section_of(sheet, 2),
        plan=Figure.objects.select_related("sheet__site", "sheet__partner").get(pk=plan.pk),
        chart=make_figure(sheet),
        question=make_remark(sheet, cast.coach, number=7),
        answered=Remark.objects.get(pk=answered.pk),
        asked=asked,
        talk=make_talk(sheet),
        reviewer=make_reviewer(sheet, token=token_of_link),
        above=above,
        seen=token(sheet.sections.order_by("type__position")),
    )


def _asked(sheet: Sheet, sponsor: Person) -> Agreement:
    """The sponsor is asked about round 1; the sheet is a draft still."""
    frozen = make_round(sheet, to=sheet.owner)
    Sheet.objects.filter(pk=sheet.pk).update(round_number=2)
    asked = Agreement.objects.create(sheet=sheet, round=frozen, person=sponsor, asked_by=sheet.owner)
    owe_answers(sheet)
    return asked


def _save(o: Opened) -> Any:
    return actions.save_section(o.section.pk, body="<p>New</p>", revision=0, by=o.owner)


def _state(o: Opened) -> Any:
    change = StateChange(sheet=o.sheet, from_state=State.DRAFT, to_state=State.IN_TRIAL, reason="Begun")
    return actions.enter_state(change, by=o.cast.coach)


def _edit(o: Opened, field: str, value: Any) -> Any:
    sheet = Sheet.objects.get(pk=o.sheet.pk)
    setattr(sheet, field, value)
    return actions.change_particulars(sheet, fields=[field])


def _link(o: Opened) -> Any:
    fresh = Reviewer(name="Ann Weber", email="ann@outside.example")
    return actions.ask_reviewer(fresh, sheet=o.sheet, by=o.owner, days=14)


def _gain(o: Opened) -> Any:
    gain = Claim(measure="Order to door", unit="h", baseline=Decimal(4), value=Decimal(3), owner=o.owner)
    return actions.claim_effect(o.sheet, gain, by=o.owner, days=[30, 60])


def _times(o: Opened) -> list[dt.datetime]:
    return [timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=9)]


def _talk(o: Opened) -> Any:
    talk = Talk(sheet=o.sheet, asked_of=o.cast.sponsor, offered_times=_times(o), minutes=30)
    return actions.ask_to_talk(talk, by=o.owner)


FIELDS: dict[str, Any] = {"title": "Why", "description": "", "data": {"options": {}, "rows": []}}

DEEDS: dict[str, Callable[[Opened], Any]] = {
    "hand over": lambda o: actions.hand_over(o.sheet, to=o.cast.coach, by=o.owner),
    "take back": lambda o: actions.take_back(o.sheet, holder=o.cast.coach, by=o.owner),
    "save": _save,
    "archive": lambda o: actions.archive(o.sheet, by=o.owner),
    "take from archive": lambda o: actions.take_from_archive(o.sheet),
    "copy": lambda o: actions.copy_sheet(o.sheet, title="Leave by ten", site=o.cast.site, by=o.cast.learner),
    "put below": lambda o: _edit(o, "parent", o.above),
    "rename": lambda o: _edit(o, "title", "Leave by ten"),
    "leave the coach": lambda o: _edit(o, "coach", None),
    "change type": lambda o: actions.change_type(o.sheet, sheet_type("proposal"), seen=o.seen, by=o.owner),
    "ask to agree": lambda o: actions.ask_to_agree(o.sheet, people=[o.cast.learner], by=o.owner),
    "agree": lambda o: actions.agree(o.asked, by=o.cast.sponsor),
    "not yet": lambda o: actions.not_yet(o.asked, by=o.cast.sponsor, words="By when?"),
    "stop asking": lambda o: actions.stop_asking(o.asked),
    "enter a state": _state,
    "ask to talk": _talk,
    "take a time": lambda o: actions.accept_time(o.talk, at=o.talk.offered_times[0], by=o.cast.coach),
    "offer times": lambda o: actions.offer_times(o.talk, times=_times(o), by=o.cast.coach),
    "decline": lambda o: actions.decline(o.talk, by=o.cast.coach, words="Ill"),
    "call the talk off": lambda o: actions.cancel_talk(o.talk, by=o.owner, words="Ill"),
    "ask a reviewer": _link,
    "end the link": lambda o: actions.end_link(o.reviewer),
    "remark by link": lambda o: actions.remark_by_link(o.reviewer, o.section, kind="question", text="Really?"),
    "remark": lambda o: actions.remark(o.section, kind="question", text="Been there?", by=o.cast.coach),
    "reply": lambda o: actions.reply(o.question, text="Twice.", by=o.owner),
    "answer": lambda o: actions.answer(o.question, by=o.owner, section=o.section),
    "reopen": lambda o: actions.reopen(o.answered),
    "claim": _gain,
    "add a diagram": lambda o: actions.add_figure(o.sheet, kind="whys", by=o.owner, **dict(FIELDS)),
    "save a diagram": lambda o: actions.save_figure(o.chart, revision=0, by=o.owner, **FIELDS | {"data": o.chart.data}),
    "place a diagram": lambda o: actions.place_figure(o.chart, section=o.section.pk, by=o.owner),
    "finish a step": lambda o: actions.finish_step(o.plan, "s1", by=o.cast.learner),
    "be there": lambda o: actions.be_at(o.sheet, by=o.cast.learner, section=o.section, is_writing=False),
}
