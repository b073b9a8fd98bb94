"""Rings of sheets, limits, photos and kept names, when two connections come to them in one moment."""

import pytest
from django.db import transaction

from a3 import actions
from a3.models import Book, CoachNote, MarkedPrint, Reviewer, SavedList, Sheet
from a3.models.saved_lists import MOST_SAVED
from a3.pictures import Picture
from a3.retyping import token
from tests.a3.factories import make_coach_note, make_remark, make_round, make_sheet, section_of, sheet_type
from tests.factories import make_person


@pytest.fixture
def owner(cast):
    return make_person(site=cast.site)


def below(sheet, parent):
    sheet = Sheet.objects.get(pk=sheet.pk)
    sheet.parent = parent
    actions.change_particulars(sheet, fields=["parent"])
    return sheet.pk


@pytest.mark.parametrize("_again", range(3))
def test_of_two_who_put_each_sheet_below_the_other_one_does(hands, cast, owner, _again):
    one, other = (make_sheet(owner, cast.site) for _ in range(2))
    found = hands.at_once(lambda: below(one, other), lambda: below(other, one))
    refused = [outcome for outcome in found if isinstance(outcome, Exception)]
    assert [(type(error), "below this one already" in str(error)) for error in refused] == [(actions.NotBelow, True)]
    assert Sheet.objects.filter(pk__in=[one.pk, other.pk], parent__isnull=False).count() == 1


def test_a_ring_of_three_is_not_closed(hands, cast, owner):
    top, middle, low = (make_sheet(owner, cast.site) for _ in range(3))
    below(low, middle)
    outcome = hands.overtaken(lambda: below(middle, top), lambda: below(top, low))
    assert (type(outcome), Sheet.objects.get(pk=top.pk).parent) == (actions.NotBelow, None)


def test_a_remark_made_while_the_type_changes_stands_on_a_section_that_is_there(hands, cast, owner):
    for number in range(1, 8):
        sheet = make_sheet(owner, cast.site, coach=cast.coach)
        section, seen = section_of(sheet, number), token(sheet.sections.order_by("type__position"))
        to = sheet_type("proposal")
        outcomes = hands.at_once(
            lambda s=sheet, seen=seen, to=to: actions.change_type(s, to, seen=seen, by=owner),
            lambda s=section: actions.remark(s, kind="question", text="Why?", by=cast.coach),
        )
        errors = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
        assert errors in ([], [actions.NotAsSeen])
        assert {r.section.type.sheet_type for r in sheet.remarks.select_related("section__type__sheet_type")} <= {to}


def test_who_answers_in_a_section_that_has_just_gone_is_told(hands, cast, owner):
    sheet = make_sheet(owner, cast.site, coach=cast.coach)
    thread, gone = make_remark(sheet, cast.coach, number=1), section_of(sheet, 7)
    seen = token(sheet.sections.order_by("type__position"))
    outcome = hands.overtaken(
        lambda: actions.change_type(sheet, sheet_type("proposal"), seen=seen, by=owner),
        lambda: actions.answer(thread, by=owner, section=gone),
    )
    kept = sheet.sections.filter(pk=gone.pk).exists()
    assert kept or "another type" in str(outcome)


def test_who_looks_at_a_section_that_is_just_taken_away_is_still_at_the_sheet(hands, cast, owner):
    sheet = make_sheet(owner, cast.site)
    sections = list(sheet.sections.in_order())
    seen = token(sections)

    def be_everywhere():
        for section in sections:
            actions.be_at(sheet, by=cast.coach, section=section, is_writing=False)

    outcomes = hands.at_once(
        lambda: actions.change_type(sheet, sheet_type("proposal"), seen=seen, by=owner), be_everywhere
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert list(sheet.presences.values_list("person", flat=True)) == [cast.coach.pk]


def test_the_last_list_that_may_be_kept_is_kept_once(hands, cast, owner):
    for number in range(MOST_SAVED - 1):
        SavedList.objects.create(person=owner, name=f"list {number}", query="show=mine")
    outcomes = hands.at_once(
        *[lambda n=name: actions.save_list(SavedList(name=n, query="show=turn"), by=owner) for name in ("a", "b")]
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CannotSave", "SavedList"]
    assert SavedList.objects.filter(person=owner).count() == MOST_SAVED


def test_a_list_deleted_in_another_tab_does_not_come_back(hands, owner):
    saved = SavedList.objects.create(person=owner, name="Mine", query="show=mine")
    stale = SavedList.objects.get(pk=saved.pk)
    stale.name = "Ours"
    outcome = hands.overtaken(saved.delete, lambda: actions.save_list(stale, by=owner))
    assert isinstance(outcome, actions.CannotSave)
    assert not SavedList.objects.filter(person=owner).exists()


def test_a_note_deleted_in_another_tab_does_not_come_back(hands, cast, owner):
    note = make_coach_note(make_sheet(owner, cast.site, coach=cast.coach))
    stale = CoachNote.objects.get(pk=note.pk)
    outcome = hands.overtaken(lambda: CoachNote.objects.filter(pk=note.pk).delete(), lambda: actions.change_note(stale))
    assert (type(outcome), CoachNote.objects.filter(pk=stale.pk).exists()) == (actions.NoteGone, False)


def test_a_note_sent_twice_is_one_and_so_is_a_sheet(hands, cast, owner):
    note = {"about": owner, "text": "Ask for the numbers."}
    hands.at_once(*[lambda: actions.write_note(CoachNote(**note), by=cast.coach)] * 2)
    new = {"type": sheet_type(), "title": "Leave by six", "partner": cast.partner, "site": cast.site}
    begun = hands.at_once(*[lambda: actions.start_sheet(Sheet(**new), by=owner)] * 2)
    assert (CoachNote.objects.filter(**note).count(), owner.owned_sheets.count()) == (1, 1)
    assert begun[0] == begun[1]


def test_a_photo_of_a_marked_up_print_sent_twice_is_one_with_one_file(hands, cast, owner):
    sheet = make_sheet(owner, cast.site, coach=cast.coach)
    frozen, picture = make_round(sheet, to=cast.coach), Picture(b"not looked at here", "jpg", 4, 3)
    outcomes = hands.at_once(*[lambda: actions.add_marked_print(frozen, picture, by=cast.coach)] * 2)
    (row,) = MarkedPrint.objects.filter(round=frozen)
    assert outcomes == [row, row]
    with row.file.open() as kept:
        assert kept.read() == picture.content


def test_the_tenth_reviewer_of_a_day_is_the_last_though_two_are_asked_at_once(hands, cast, owner):
    sheet = make_sheet(owner, cast.site)
    for number in range(9):
        actions.ask_reviewer(Reviewer(name="A", email=f"a{number}@x.example"), sheet=sheet, by=owner, days=3)
    outcomes = hands.at_once(
        *[
            lambda e=e: actions.ask_reviewer(Reviewer(name="B", email=e), sheet=sheet, by=owner, days=3)
            for e in ("b@x.example", "c@x.example")
        ]
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Reviewer", "TooManyReviewers"]


def test_a_link_ended_while_somebody_writes_by_it_ends_before_or_after(hands, cast, owner):
    sheet = make_sheet(owner, cast.site)
    reviewer = actions.ask_reviewer(Reviewer(name="A", email="a@x.example"), sheet=sheet, by=owner, days=3)
    section = section_of(sheet, 1)
    late = hands.overtaken(
        lambda: actions.end_link(reviewer),
        lambda: actions.remark_by_link(reviewer, section, kind="question", text="Why?"),
    )
    assert (type(late), reviewer.remarks.count()) == (actions.LinkOver, 0)


def test_a_book_asked_for_twice_is_one(hands, cast, owner):
    sheets = [make_sheet(owner, cast.site) for _ in range(2)]
    books = hands.at_once(*[lambda: actions.ask_for_book(sheets, by=owner, title="2026", paper="a3")] * 2)
    assert (books[0], Book.objects.filter(asked_by=owner).count()) == (books[1], 1)
    with transaction.atomic():
        assert actions.ask_for_book(sheets[:1], by=owner, title="2026", paper="a3") != books[0]
