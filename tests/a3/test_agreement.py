"""Agreement: named people say yes or not yet to a frozen round, and it lapses when an agreed section changes."""

import pytest
from django.db import IntegrityError, transaction

from a3 import actions
from a3.contents import changed_sections
from a3.models import Agreement, Round, Sheet, State, StateChange
from partners.models import Mail, Obligation
from tests.a3.factories import make_round, make_sheet, section_of


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>Late.</p>", 3: "<p>By noon.</p>"})


def ask(sheet, *people):
    return actions.ask_to_agree(sheet, people=people, by=sheet.owner, note="Please read 3")


def write(sheet, body, number=3):
    section = section_of(sheet, number)
    actions.save_section(section.pk, body=body, revision=section.revision, by=sheet.owner)


def answers(sheet):
    return {a.person.email: (a.answer, a.lapsed_sections) for a in sheet.agreements.current()}


def test_asking_freezes_what_the_sheet_says_and_enters_in_agreement(sheet, cast):
    (asked,) = ask(sheet, cast.coach)
    sheet.refresh_from_db()
    assert (asked.round.number, asked.round.handed_over_to, sheet.round_number) == (1, None, 2)
    assert (sheet.state, sheet.ball) == (State.IN_AGREEMENT, cast.change_agent)
    change = StateChange.objects.get()
    assert (change.from_state, change.to_state, change.made_by) == ("draft", "in_agreement", cast.change_agent)
    assert change.reason == "Asked Coach to agree on round 1."


def test_a_round_that_says_the_same_is_taken_and_nobody_is_asked_twice(sheet, cast):
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    ask(sheet, cast.coach)
    assert ask(sheet, cast.coach, cast.sponsor) == [Agreement.objects.get(person=cast.sponsor)]
    assert (Round.objects.count(), Agreement.objects.count()) == (1, 2)


def test_who_is_asked_owes_an_answer_and_gets_a_mail(sheet, cast):
    (asked,) = ask(sheet, cast.sponsor)
    owed = Obligation.objects.get(person=cast.sponsor)
    assert (owed.url, owed.asked_by) == (f"/a3/{sheet.pk}/?side=agreement", cast.change_agent)
    mail = Mail.objects.get()
    assert (mail.person, mail.subject) == (cast.sponsor, "Do you agree? Leave by noon")
    for part in (mail.text, mail.html):
        assert "Please read 3" in part
        assert f"/a3/{sheet.pk}/?side=agreement" in part
    actions.agree(asked, by=cast.sponsor)
    owed.refresh_from_db()
    assert owed.settled_at


def test_not_yet_is_said_with_words_and_the_owner_reads_them(sheet, cast):
    (asked,) = ask(sheet, cast.sponsor)
    actions.not_yet(asked, by=cast.sponsor, words="By which year?")
    assert answers(sheet) == {"sponsor@example.com": ("not_yet", [])}
    mail = Mail.objects.get(person=cast.change_agent)
    assert (mail.subject, "By which year?" in mail.text) == ("Not yet: Leave by noon", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(words="")


def test_the_owner_is_told_when_the_last_one_agrees(sheet, cast):
    first, second = ask(sheet, cast.sponsor, cast.coach)
    actions.agree(first, by=first.person)
    assert not Mail.objects.filter(person=cast.change_agent).exists()
    actions.agree(second, by=second.person)
    assert Mail.objects.get(person=cast.change_agent).subject == "Everybody agrees: Leave by noon"
    assert Sheet.objects.get().state == State.IN_AGREEMENT  # agreed is entered by an act of its own


def test_it_lapses_when_a_section_changes_and_says_which(sheet, cast):
    for agreement in ask(sheet, cast.sponsor, cast.coach):
        actions.agree(agreement, by=agreement.person)
    write(sheet, "<p>By one.</p>")
    lapsed = ("lapsed", ["3 Goal"])
    assert answers(sheet) == {"sponsor@example.com": lapsed, "coach@example.com": lapsed}
    write(sheet, "<p>Why?</p>", number=4)
    assert answers(sheet)["coach@example.com"] == ("lapsed", ["3 Goal", "4 Analysis"])
    write(sheet, "", number=4)
    write(sheet, "<p>By noon.</p>")
    assert answers(sheet)["coach@example.com"] == ("agreed", [])


def test_asked_anew_the_former_answer_is_history(sheet, cast):
    (first,) = ask(sheet, cast.sponsor)
    actions.agree(first, by=cast.sponsor)
    write(sheet, "<p>By one.</p>")
    (second,) = ask(sheet, cast.sponsor)
    assert (second.round.number, answers(sheet)) == (2, {"sponsor@example.com": ("waiting", [])})
    with pytest.raises(actions.NotAsked, match="not asked about this round any more"):
        actions.agree(first, by=cast.sponsor)
    first.refresh_from_db()
    assert (first.answer, first.over_at is not None) == ("lapsed", True)


def test_who_agrees_to_a_round_that_is_past_agrees_to_nothing_that_stands(sheet, cast):
    (asked,) = ask(sheet, cast.sponsor)
    write(sheet, "<p>By one.</p>")
    actions.agree(asked, by=cast.sponsor)
    assert answers(sheet) == {"sponsor@example.com": ("lapsed", ["3 Goal"])}


def test_only_who_sees_the_sheet_is_asked_and_only_who_is_asked_answers(sheet, cast):
    with pytest.raises(actions.NotReader, match="does not see this sheet"):
        ask(sheet, cast.outsider)
    (asked,) = ask(sheet, cast.sponsor)
    with pytest.raises(actions.NotAsked):
        actions.agree(asked, by=cast.learner)


def test_no_longer_asked_nothing_is_owed(sheet, cast):
    (asked,) = ask(sheet, cast.sponsor)
    actions.stop_asking(asked)
    assert (answers(sheet), Obligation.objects.open().filter(person=cast.sponsor).exists()) == ({}, False)


def test_a_round_of_another_sheet_is_refused_by_the_database(sheet, cast):
    other = make_round(make_sheet(cast.outsider, cast.other_site), to=cast.coach)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(sheet=sheet, round=other, person=cast.coach, asked_by=cast.change_agent)


def test_copies_differ_by_text_and_by_the_figures_in_it():
    one, other = ({"kind": "pareto", "data": {"rows": [{"id": "a", "count": n}]}} for n in (1, 2))
    then = {
        "sections": [{"number": 1, "name": "Goal", "body": '<figure data-figure="7"></figure>'}],
        "figures": {"7": one, "8": one},
    }
    assert changed_sections(then, then | {"figures": {"7": one}}) == []
    assert changed_sections(then, then | {"figures": {"7": other}}) == ["1 Goal"]
    assert changed_sections(then, {"sections": []}) == ["1 Goal"]
    assert changed_sections({"sections": []}, {"sections": [{"number": 2, "name": "Plan", "body": ""}]}) == []
