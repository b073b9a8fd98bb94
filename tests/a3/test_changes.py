"""The page of what changed between two rounds, and the answer that leads to it."""

import datetime as dt

import pytest
from django.urls import reverse

from a3 import actions
from a3.changes import changes_between
from a3.models import Section
from tests.a3.factories import make_remark, make_round, make_sheet, section_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(cast):
    """Round 1 said late, round 2 early, now it says soon."""
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>Beds open late.</p>"})
    make_round(sheet, to=cast.coach)
    for number, word in ((2, "early"), (3, "soon")):
        Section.objects.filter(sheet=sheet, type__position=1).update(body=f"<p>Beds open {word}.</p>")
        if number == 2:
            make_round(sheet, to=cast.coach, number=2)
    sheet.round_number = 3
    sheet.save()
    return sheet


def compare(client, sheet, **query):
    headers = HTMX if "section" in query else {}
    return client.get(reverse("a3:round_compare", args=[sheet.pk]), query, headers=headers)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "<del>early</del><ins>soon</ins>"),
        ({"from": "1", "to": "2"}, "<del>late</del><ins>early</ins>"),
        ({"from": "2", "to": "1"}, "<del>late</del><ins>early</ins>"),
        ({"from": "1"}, "<del>late</del><ins>soon</ins>"),
        ({"from": "99", "to": "<script>"}, "<del>early</del><ins>soon</ins>"),
        ({"from": "now"}, "Beds open soon."),
    ],
)
def test_two_rounds_word_by_word(sheet, sign_in, query, found):
    page = compare(sign_in("learner"), sheet, **query)
    assert (page.status_code, found in page.text, "<script>" in page.text) == (200, True, False)


def test_unchanged_sections_are_folded(sheet, sign_in):
    page = " ".join(compare(sign_in("coach"), sheet).text.split())
    assert page.count(" open > <summary>") == 1
    assert page.count("unchanged") == 6


def test_a_sheet_without_rounds_says_what_will_stand_here(sign_in, cast):
    page = compare(sign_in("coach"), make_sheet(cast.change_agent, cast.site, coach=cast.coach))
    assert (page.status_code, "Nothing to compare yet" in page.text) == (200, True)


def test_costs_the_same_for_any_number_of_rounds(sheet, sign_in, cast, django_assert_num_queries):
    client = sign_in("coach")
    for number in (4, 5):
        make_round(sheet, to=cast.coach, number=number)
        with django_assert_num_queries(6):  # session, person, sheet, rounds, the one chosen, sections of now
            compare(client, sheet)


def test_an_answer_shows_what_changed_since_the_remark(sheet, sign_in, cast):
    thread = make_remark(sheet, cast.coach, number=1, round_number=2)
    actions.answer(thread, by=cast.change_agent, section=section_of(sheet, 1))
    page = sign_in("coach").get(sheet.get_absolute_url()).text
    assert "What changed there since round 1" in page
    part = compare(sign_in("coach"), sheet, **{"from": "1", "section": "1"}).text
    assert ("<del>late</del><ins>soon</ins>" in part, "<html" in part, part.count("<details")) == (True, False, 1)
    assert compare(sign_in("coach"), sheet, **{"from": "1", "section": "9" * 99}).status_code == 200


WHYS = [{"id": "a", "level": "1", "words": "The letter waits", "ground": "evidence"}]
FISHBONE = [{"id": "a", "group": "Method", "cause": "Written last"}, {"id": "b", "group": "", "cause": "One reads all"}]


def figure_at(kind, rows, **options):
    return {"kind": kind, "title": "Why late", "description": "", "data": {"options": options, "rows": rows}}


def figure_changes(then, now):
    place = {"sections": [{"number": 4, "name": "Analysis", "body": '<figure data-figure="7"></figure>'}]}
    old, new = (place | {"figures": {"7": figure}} for figure in (then, now))
    (change,) = changes_between(old, new, today=dt.date(2026, 11, 22))
    return change.html.partition('<div class="figure-cells">')[2]


@pytest.mark.parametrize(
    ("kind", "rows", "option", "name"),
    [("whys", WHYS, "problem", "Problem"), ("fishbone", FISHBONE, "effect", "Effect")],
)
def test_what_a_figure_asks_about_is_compared_word_by_word(kind, rows, option, name):
    found = figure_changes(
        figure_at(kind, rows, **{option: "Beds open late"}), figure_at(kind, rows, **{option: "Beds open at four"})
    )
    assert found == f'<p class="sign">{name}</p>Beds open <del>late</del><ins>at four</ins></div>'


def test_rows_of_a_figure_are_compared_cell_by_cell():
    found = figure_changes(figure_at("whys", WHYS), figure_at("whys", [WHYS[0] | {"ground": "assumption"}]))
    assert found.startswith('<p class="sign">Rows</p><table>')
    assert "<td>The letter waits</td><td><del>evidence</del><ins>assumption</ins></td>" in found


def test_a_figure_that_cannot_be_understood_any_more_is_only_shown():
    assert figure_changes(figure_at("whys", WHYS), figure_at("whys", [{"id": "a", "level": "9"}])) == ""
